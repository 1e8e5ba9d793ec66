"""Many hosts on one server: heartbeats and changes over HTTP, devices on TLS connections, the start."""

import random
import statistics
import time

from . import dns, updates
from .process import Cpu, ServerFailed
from .servers import Homeport, free_port

WAITING = 64  # Devices that wait for their answer at a time.
HOSTS_PER_CREDENTIAL = 10
SAMPLE = 2_000  # Hosts whose address is looked at after the changes.
TLS_DEVICES = 10_000
TLS_PAUSE_MS = 10_000  # Between two updates of a device.


class HomeportWithHttps(Homeport):
    """Serves HTTPS too; the certificate is one that it makes itself."""

    def __init__(self, folder):
        super().__init__(folder)
        self.https_port = free_port()

    def command(self):
        return [*super().command(), "--https", f"127.0.0.1:{self.https_port}"]


def measure(folder, hosts, times, say):
    """Rows for the table, and what else was seen."""
    folder.mkdir()
    server = HomeportWithHttps(folder / "homeport")
    try:
        server.start()
        began = time.monotonic()
        credentials = max(1, hosts // HOSTS_PER_CREDENTIAL)
        load = updates.devices(server, hosts, folder / "wrk", credentials)
        added = time.monotonic() - began
        say(f"scale: {hosts:,} hosts added in {added:.0f} s")
        _fill(load, hosts, times, say)
        rows = _plain(server, load, times, say)
        rows += _tls(server, load, hosts, times, say)
        memory = server.process.memory_mib()
        server.stop()
        ready = [server.start(f"host{hosts - 1}.{updates.ZONE}")]
        for _ in range(times.rounds - 1):
            server.stop()
            ready.append(server.start(f"host{hosts - 1}.{updates.ZONE}"))
        notes = [
            f"{hosts:,} hosts of {credentials:,} credentials, with an address each; `host import` took "
            f"{added:.0f} s, with its trial before.",
            f"Resident after all loads: {memory:,.0f} MiB; just started: "
            f"{server.process.memory_mib():,.0f} MiB.",
            f"From exec to the first answer: {statistics.median(ready):.2f} s.",
        ]
        return rows, notes
    finally:
        server.stop()


def _fill(load, hosts, times, say):
    """Gives each host its first address."""
    seconds = max(times.warmup, hosts // 20_000)
    filled = 0
    for _ in range(20):
        done = load.run(seconds, WAITING, "either")
        if done.wrong or not done.right:
            raise ServerFailed(f"{done.wrong} first updates were not done, as: {done.sample}")
        say(f"  first addresses: {done.right:,} updates, {done.per_second:,.0f}/s")
        filled += done.right - WAITING
        if filled >= hosts:
            return
        load.index = (load.index - WAITING) % hosts  # What was on its way may not have been done.
    raise ServerFailed("not all hosts got their first address")


def _run(server, load, kind, say, what, seconds, waiting, **more):
    with Cpu(server.process) as cpu:
        done = load.run(seconds, waiting, kind, **more)
    if done.wrong or not done.right:
        raise ServerFailed(f"{what}: {done.wrong} were not done, as: {done.sample}")
    say(f"  {what}: {done.per_second:,.0f}/s, p99 {done.p99_ms:.1f} ms, {done.broken} broken")
    return (done.per_second, *cpu.micros(done.right), done.p50_ms, done.p99_ms, done.broken)


def _plain(server, load, times, say):
    """Each answer of the warm-up is read; of what is measured, the outcome is looked at by DNS."""
    rows = []
    for kind, what in (("same", "same address again"), ("change", "change")):
        _run(server, load, kind, say, "warm-up", times.warmup, WAITING)
        runs = [
            _run(server, load, kind, say, what, times.seconds, WAITING, checked=False)
            for _ in range(times.rounds)
        ]
        rows.append(_row(what, "HTTP, kept", WAITING, runs))
        if kind == "same":
            load.visit, load.index = load.visit + 1, 0  # Else the first changes would be none.
    _require_published(server, load)
    return rows


def _require_published(server, load):
    """Asks for the addresses of some hosts, among them those of the last changes."""
    names = list(load.settled(WAITING))
    with dns.Client(server.port) as client:
        for name, address in random.sample(names, min(SAMPLE, len(names))):
            answer = client.ask(name, dns.A)
            if answer is None or answer.addresses() != {address}:
                raise ServerFailed(f"{name} should have {address}: {answer}")


def _tls(server, load, hosts, times, say):
    url = f"https://127.0.0.1:{server.https_port}/"
    rows = []
    _run(server, load, "change", say, "warm-up", times.warmup, WAITING, url=url, close=True)
    runs = [
        _run(server, load, "change", say, "new TLS", times.seconds, WAITING, url=url, close=True)
        for _ in range(times.rounds)
    ]
    rows.append(_row("change", "HTTPS, a new connection each", WAITING, runs))
    devices = min(TLS_DEVICES, hosts // 10)
    before = server.process.memory_mib()
    runs = [
        # They all connect first, which takes its time; then each sends again and again.
        _run(
            server, load, "change", say, f"{devices:,} TLS devices",
            max(times.seconds, 6 * TLS_PAUSE_MS // 1000), devices, url=url, pause_ms=TLS_PAUSE_MS,
        )
    ]  # fmt: skip
    say(f"  memory: {before:,.0f} MiB before, {server.process.memory_mib():,.0f} MiB after")
    rows.append(_row("change", f"HTTPS, kept, each {TLS_PAUSE_MS // 1000} s", devices, runs))
    return rows


def _row(what, carrier, connections, runs):
    per_second, user, system, p50, p99, broken = zip(*runs)
    return {
        "server": "Homeport",
        "update": what,
        "carrier": carrier,
        "connections": connections,
        "updates/s": statistics.median(per_second),
        "user us": statistics.median(user),
        "system us": statistics.median(system),
        "p50 ms": statistics.median(p50),
        "p99 ms": statistics.median(p99),
        "broken": sum(broken),
    }

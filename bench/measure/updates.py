"""Updates, each durable: Homeport over HTTP, Knot by signed RFC 2136 messages."""

import re
import statistics
import subprocess
import time
from pathlib import Path

from . import dns, dnsperf, zones
from .process import Cpu, ServerFailed
from .servers import Homeport, Knot
from .wrk import VISITS, Devices

ZONE = "dyn.example"
WAITING = (64, 256)  # Devices that wait for their answer at a time.


def measure(folder, hosts, times, say):
    """Rows for the table, and a paragraph on durability."""
    folder.mkdir()
    homeport, knot = Homeport(folder / "homeport"), Knot(folder / "knot")
    try:
        homeport.start()
        began = time.monotonic()
        load = devices(homeport, hosts, folder / "wrk")
        say(f"updates: {hosts} hosts added in {time.monotonic() - began:.1f} s")
        knot.configure([(ZONE, zones.write_zone(folder / "zone", hosts, ZONE))])
        messages = Messages(folder / "messages", hosts)
        knot.start(f"host0.{ZONE}")
        rows = _alternate(homeport, load, knot, messages, times, say)
        notes = _syncs(homeport, load, knot, messages, say)
        notes += _crash(homeport, load, times.seconds, say)
        return rows, notes
    finally:
        homeport.stop()
        knot.stop()


def devices(homeport, hosts, result, credentials=1):
    """Adds the hosts, each credential for the same number of hosts in a row."""
    homeport.run("zone", "add", ZONE)
    homeport.run("policy", "set", "change-budget", "unlimited")
    share = -(-hosts // credentials)
    names = Path(result).with_suffix(".hosts")
    with names.open("w") as out:
        for index in range(hosts):
            own = index - index % share
            out.write(f"host{index}.{ZONE}" + (f",,host{own}.{ZONE}" if own < index else "") + "\n")
    added = homeport.run("host", "import", str(names))["hosts"]
    made = [(host["username"], host["password"]) for host in added if host.get("password")]
    return Devices(homeport, ZONE, hosts, made, result)


class Messages:
    """Update messages for dnsperf."""

    def __init__(self, path, hosts, zone=ZONE):
        self.path = path
        self.hosts = hosts
        self.zone = zone
        self.visit = 0

    def next(self):
        """A file of two visits to each host, which dnsperf repeats.

        Each run needs addresses of its own: else the first of its updates would change nothing, and
        a server need not write what changes nothing.
        """
        with self.path.open("w") as out:
            for visit in range(self.visit, self.visit + 2):
                for i in range(self.hosts):
                    address = f"{1 + visit % VISITS}.{i >> 16}.{i >> 8 & 255}.{i & 255}"
                    out.write(f"{self.zone}\ndelete host{i} A\nadd host{i} 60 A {address}\nsend\n")
        self.visit += 2
        return self.path


def _alternate(homeport, devices, knot, messages, times, say):
    results = {}

    def note(key, per_second, cpu, p50, p99, bad):
        results.setdefault(key, []).append((per_second, *cpu, p50, p99, bad))
        say(f"  {key[0]}, {key[1]} waiting: {per_second:,.0f}/s, {bad} not done")

    def by_http(waiting, changing):
        with Cpu(homeport.process) as cpu:
            load = devices.run(times.seconds, waiting, "change" if changing else "same")
        if load.wrong:
            raise ServerFailed(f"{load.wrong} updates were not done, as: {load.sample}")
        name = "Homeport" if changing else "Homeport, same address again"
        bad = load.wrong + load.broken
        note((name, waiting), load.per_second, cpu.micros(load.right), load.p50_ms, load.p99_ms, bad)

    def by_message(waiting):
        file = messages.next()
        with Cpu(knot.process) as cpu:
            load = dnsperf.update(knot.port, file, times.seconds, waiting)
        done = load.codes.get("NOERROR", 0)
        if done != load.completed or not done:
            raise ServerFailed(f"Knot answered {load.codes}")
        p50, p99 = load.latency_ms(0.5), load.latency_ms(0.99)
        note(("Knot", waiting), load.per_second, cpu.micros(done), p50, p99, load.lost)

    # The JVM compiles what runs often: measured is a server that has been up for a while.
    devices.run(times.warmup, WAITING[0])
    dnsperf.update(knot.port, messages.next(), min(times.warmup, 5), WAITING[0])
    for _ in range(times.rounds):
        for waiting in WAITING:
            by_http(waiting, True)
            by_message(waiting)
    _settle(devices)
    for _ in range(times.rounds):
        by_http(WAITING[0], False)
    devices.visit += 1
    return [_row(key, runs) for key, runs in results.items()]


def _settle(devices):
    """Sends the same addresses until all hosts have them."""
    for _ in range(60):
        load = devices.run(2, WAITING[0], "same")
        if load.right >= devices.hosts and not load.wrong:
            return
    raise ServerFailed("hosts do not come to rest: " + load.sample)


def _row(key, runs):
    per_second, user, system, p50, p99, bad = zip(*runs)
    return {
        "server": key[0],
        "waiting": key[1],
        "updates/s": statistics.median(per_second),
        "user us": statistics.median(user),
        "system us": statistics.median(system),
        "CPU us": statistics.median(u + s for u, s in zip(user, system)),
        "p50 ms": statistics.median(p50),
        "p99 ms": statistics.median(p99),
        "not done": sum(bad),
    }


def _syncs(homeport, devices, knot, messages, say):
    """How many updates share one sync of the disk, counted from outside in a round of its own."""
    notes = []
    waiting = WAITING[0]
    for server, load in (
        (homeport, lambda: devices.run(2, waiting).right),
        (knot, lambda: dnsperf.update(knot.port, messages.next(), 2, waiting).completed),
    ):
        tracer = _trace(server.process.pid)
        if tracer is None:
            return ["Syncs of the disk were not counted: strace is not allowed here."]
        count = load()
        tracer.terminate()
        _, table = tracer.communicate()
        calls = re.findall(r"(\d+)(?:\s+\d+)?\s+(?:fsync|fdatasync|msync)$", table, re.MULTILINE)
        syncs = sum(int(number) for number in calls)
        if not syncs:
            raise ServerFailed(f"{server.name} acknowledged {count} updates without any sync")
        notes.append(
            f"{server.name}, {waiting} waiting, under strace: {count} updates, {syncs} syncs of the "
            f"disk, {count / syncs:.1f} updates a sync."
        )
        say("  " + notes[-1])
    return notes


def _trace(pid):
    command = ["strace", "-f", "-c", "-U", "calls,errors,name", "-e", "trace=fsync,fdatasync,msync"]
    tracer = subprocess.Popen(
        [*command, "-p", str(pid)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    time.sleep(1)  # Attached to all threads by then.
    return tracer if tracer.poll() is None else None


def _crash(homeport, devices, seconds, say):
    """Kills Homeport under load, starts it again, and asks for every acknowledged address."""
    running = devices.start(seconds, WAITING[0])
    time.sleep(seconds * 0.6)
    homeport.kill()
    load = devices.finish(running)
    if load.wrong or not load.right:
        raise ServerFailed(f"{load.wrong} of {load.right} updates went wrong: {load.sample}")
    ready = homeport.start(f"host0.{ZONE}")
    lost = []
    with dns.Client(homeport.port) as client:
        for index, octet in load.acknowledged.items():
            # The next change may have been on its way, and may have been done.
            allowed = {devices.address(index, o) for o in (octet, octet % VISITS + 1)}
            answer = client.ask(f"host{index}.{ZONE}", dns.A)
            if answer is None or not answer.addresses() <= allowed or not answer.addresses():
                lost.append((index, octet, answer))
    if lost:
        raise ServerFailed(f"{len(lost)} acknowledged updates are lost, as {lost[:3]}")
    note = (
        f"Homeport was killed (SIGKILL) under load after {load.right} acknowledged updates of "
        f"{len(load.acknowledged)} hosts and was ready again after {ready:.2f} s: all "
        f"{len(load.acknowledged)} hosts had their last acknowledged address, or the one after it."
    )
    say("  " + note)
    return [note]

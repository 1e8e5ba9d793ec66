"""Signed RFC 2136 updates, each durable: the same messages to Homeport, Knot and BIND."""

import statistics

from . import dnsperf, zones
from .process import Cpu, ServerFailed
from .servers import Bind, Homeport, Knot
from .updates import WAITING, ZONE, Messages


def measure(folder, hosts, times, say):
    """Rows for the table; Homeport is the first."""
    folder.mkdir()
    servers = [kind(folder / kind.name.lower()) for kind in (Homeport, Knot, Bind)]
    results = {}
    try:
        for server in servers:
            start(server, folder, hosts)
        # Each server gets each message once: what changes nothing need not be written.
        messages = {server.name: Messages(folder / f"messages-{server.name}", hosts) for server in servers}
        for server in servers:
            dnsperf.update(server.port, messages[server.name].next(), times.warmup, WAITING[0])
        for number in range(times.rounds):
            for waiting in WAITING:
                for server in servers if number % 2 == 0 else reversed(servers):
                    row = _round(server, messages[server.name].next(), times.seconds, waiting)
                    results.setdefault((server.name, waiting), []).append(row)
                    say(f"  {server.name}, {waiting} waiting: {row[0]:,.0f}/s")
    finally:
        for server in servers:
            server.stop()
    order = [server.name for server in servers]
    keys = sorted(results, key=lambda key: (key[1], order.index(key[0])))
    return [_row(key, results[key]) for key in keys]


def start(server, folder, hosts):
    """With a zone of so many hosts, and the key that may change their addresses."""
    zone = zones.write_zone(folder / f"zone-{server.name}", hosts, ZONE)
    if isinstance(server, Homeport):
        server.start()
        server.run("zone", "add", ZONE, "--file", str(zone))
        server.add_key(ZONE)
    else:
        server.configure([(ZONE, zone)])
        server.start(f"host0.{ZONE}")


def _round(server, file, seconds, waiting):
    with Cpu(server.process) as cpu:
        load = dnsperf.update(server.port, file, seconds, waiting)
    done = load.codes.get("NOERROR", 0)
    if done != load.completed or not done:
        raise ServerFailed(f"{server.name} answered {load.codes}")
    user, system = cpu.micros(done)
    return load.per_second, user, system, load.latency_ms(0.5), load.latency_ms(0.99), load.lost


def _row(key, runs):
    per_second, user, system, p50, p99, lost = zip(*runs)
    return {
        "server": key[0],
        "waiting": key[1],
        "updates/s": statistics.median(per_second),
        "user us": statistics.median(user),
        "system us": statistics.median(system),
        "CPU us": statistics.median(u + s for u, s in zip(user, system)),
        "p50 ms": statistics.median(p50),
        "p99 ms": statistics.median(p99),
        "lost": sum(lost),
    }

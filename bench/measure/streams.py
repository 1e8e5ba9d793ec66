"""Queries over TCP and TLS, on one connection and on many."""

import statistics

from . import dnsperf, zones
from .process import Cpu, ServerFailed
from .queries import load_zone
from .servers import Bind, Homeport, Knot, Nsd, free_port

CONNECTIONS = (1, 32)


class HomeportWithTls(Homeport):
    """Serves TLS too; the certificate is one that it makes itself."""

    def __init__(self, folder):
        super().__init__(folder)
        self.dot_port = free_port()

    def command(self):
        return [*super().command(), "--dot", f"127.0.0.1:{self.dot_port}"]


def measure(folder, names, times, say):
    """Rows for the table: Homeport, NSD, Knot and BIND; the last two have no more and no less TLS."""
    folder.mkdir()
    say(f"streams: a zone of {names} names")
    zone = zones.write_zone(folder / "zone", names)
    questions = zones.write_questions(folder / "questions", names, 500_000)
    servers = [kind(folder / kind.name.lower()) for kind in (HomeportWithTls, Nsd, Knot, Bind)]
    runs = [(server, "tcp", server.port) for server in servers]
    runs += [(server, "dot", server.dot_port) for server in servers if hasattr(server, "dot_port")]
    results = {}
    try:
        for server in servers:
            load_zone(server, zone, names, say)
        for server, mode, port in runs:
            dnsperf.ask_by_stream(port, questions, times.warmup, mode, CONNECTIONS[-1])
        for number in range(times.rounds):
            for server, mode, port in runs if number % 2 == 0 else reversed(runs):
                for connections in CONNECTIONS:
                    with Cpu(server.process) as cpu:
                        load = dnsperf.ask_by_stream(
                            port, questions, times.seconds, mode, connections
                        )
                    if not load.completed or set(load.codes) - {"NOERROR", "NXDOMAIN"}:
                        raise ServerFailed(f"{server.name} by {mode} answered {load.codes}")
                    key = (server.name, mode, connections)
                    results.setdefault(key, []).append((load.per_second, *cpu.micros(load.completed)))
                    say(f"  {server.name}, {mode}, {connections}: {load.per_second:,.0f} q/s")
    finally:
        for server in servers:
            server.stop()
    return [_row(key, runs) for key, runs in results.items()]


def _row(key, runs):
    per_second, user, system = (statistics.median(column) for column in zip(*runs))
    name, mode, connections = key
    return {
        "server": name,
        "carrier": "TLS" if mode == "dot" else "TCP",
        "connections": connections,
        "q/s": per_second,
        "CPU us/q": user + system,
    }

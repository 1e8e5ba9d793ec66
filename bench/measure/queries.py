"""Queries: Homeport and its peers in turn, with the same zone and the same questions."""

import itertools
import statistics
from collections import Counter

from . import dns, dnsperf, zones
from .process import Cpu, ServerFailed
from .servers import Bind, Homeport, Knot, Nsd, PowerDns

QUESTIONS_PER_PASS = 500_000
COMPARED = 300
ALL = (Homeport, Nsd, Knot, Bind, PowerDns)
FAST = (Homeport, Nsd, Knot)


def measure(folder, names, times, say, kinds=ALL):
    """Rows for the table, one a server; Homeport is the first."""
    folder.mkdir()
    say(f"queries: a zone of {names} names")
    zone = zones.write_zone(folder / "zone", names)
    questions = zones.write_questions(folder / "questions", names, min(QUESTIONS_PER_PASS, names * 5))
    servers = [kind(folder / kind.name.lower()) for kind in kinds]
    try:
        ready = {server.name: load_zone(server, zone, names, say) for server in servers}
        _compare(servers, names)
        say(f"  {COMPARED} answers compared: all alike, authoritative")
        for server in servers:
            # The JVM compiles what runs often: measured is a server that has been up for a while.
            dnsperf.ask(server.port, questions, times.warmup)
        results = {server.name: [] for server in servers}
        for number in range(times.rounds):
            # Every other round backwards, so that a drift of the machine favours nobody.
            for server in servers if number % 2 == 0 else reversed(servers):
                with Cpu(server.process) as cpu:
                    load = dnsperf.ask(server.port, questions, times.seconds)
                results[server.name].append((load, cpu.micros(load.completed)))
                _require_right(server, load)
                say(f"  {server.name}: {load.per_second:,.0f} q/s, {load.lost} lost")
        return [_row(server, results[server.name], ready[server.name]) for server in servers]
    finally:
        for server in servers:
            server.stop()


def load_zone(server, zone, names, say):
    """Loads the zone, and gives the seconds from start (Homeport: of the import) to an answer."""
    last = f"host{names - 1}.{zones.ZONE}"
    if isinstance(server, Homeport):
        server.start()
        server.run("zone", "add", zones.ZONE, "--file", str(zone))
        # What it holds, it holds in its store: a start reads it from there, as the peers read a file.
        server.stop()
    else:
        server.configure([(zones.ZONE, zone)])
    seconds = server.start(last)
    say(f"  {server.name}: ready after {seconds:.2f} s")
    return seconds


def _compare(servers, names):
    """A wrong fast server is no server."""
    clients = [dns.Client(server.port) for server in servers]
    kinds = Counter()
    for name, kind in itertools.islice(zones.questions(names, COMPARED), COMPARED):
        answers = [client.ask(name, dns.TYPES[kind]) for client in clients]
        for server, answer in zip(servers, answers):
            if answer is None or answer != answers[0] or not answer.authoritative:
                raise ServerFailed(f"{name} {kind}: {server.name} says {answer}, not {answers[0]}")
        kinds[(answers[0].rcode, bool(answers[0].answer))] += 1
    for client in clients:
        client.socket.close()
    if set(kinds) != {(dns.NOERROR, True), (dns.NOERROR, False), (dns.NXDOMAIN, False)}:
        raise ServerFailed(f"the questions do not cover data, no data and no name: {kinds}")


def _require_right(server, load):
    strange = set(load.codes) - {"NOERROR", "NXDOMAIN"}
    if strange or not load.completed:
        raise ServerFailed(f"{server.name} answered {load.codes}")


def _row(server, results, ready):
    median = statistics.median
    user = median(cpu[0] for _, cpu in results)
    system = median(cpu[1] for _, cpu in results)
    return {
        "server": server.name,
        "q/s": median(load.per_second for load, _ in results),
        "user us/q": user,
        "system us/q": system,
        "CPU us/q": median(sum(cpu) for _, cpu in results),
        "memory MiB": server.process.memory_mib(),
        "ready s": ready,
        "lost": sum(load.lost for load, _ in results),
        "answered": sum(load.completed for load, _ in results),
    }

"""Queries while updates run beside them: how much of the rate stays, and what it does to latency."""

import contextlib
import os
import random
import statistics
import threading
import time

from . import dns, dnsperf, updates, zones
from .process import ServerFailed
from .servers import Homeport
from .wrk import Devices

UPDATES_PER_SECOND = 5_000
CONNECTIONS = 64
WAITING = 64
SIGNED_ZONE = "signed.example"
KINDS = ("", "HTTP", "DNS")
PROBES_PER_SECOND = 500
CALM_QUERIES_PER_SECOND = 50_000


def measure(folder, hosts, times, say):
    """Rows for the table: Homeport alone and with updates beside, at half speed and at full speed."""
    folder.mkdir()
    homeport = Homeport(folder / "homeport")
    try:
        homeport.start()
        devices = updates.devices(homeport, hosts, folder / "wrk")
        zone = zones.write_zone(folder / "zone", hosts, SIGNED_ZONE)
        homeport.run("zone", "add", SIGNED_ZONE, "--file", str(zone))
        homeport.add_key(SIGNED_ZONE)
        messages = updates.Messages(folder / "messages", hosts, SIGNED_ZONE)
        questions = _questions(folder / "questions", hosts)
        dnsperf.ask(homeport.port, questions, times.warmup)
        devices.run(times.warmup, CONNECTIONS)
        dnsperf.update(homeport.port, messages.next(), times.warmup, WAITING)
        results = {}
        for number in range(times.rounds):
            for most in (CALM_QUERIES_PER_SECOND, None):
                for beside in KINDS if number % 2 == 0 else reversed(KINDS):
                    load = {"HTTP": devices, "DNS": messages}.get(beside)
                    row = _round(homeport, load, questions, times.seconds, most, hosts)
                    results.setdefault((most, beside), []).append(row)
                    say(f"  {most or 'most'} q/s, updates by {beside or 'none'}: " + ", ".join(f"{x:,.2f}" for x in row))
        return [_row(*key, runs) for key, runs in results.items()]
    finally:
        homeport.stop()


def _questions(path, hosts):
    with path.open("w") as out:
        chance = random.Random(zones.SEED)
        for _ in range(200_000):
            out.write(f"host{chance.randrange(hosts)}.{updates.ZONE} A\n")
    return path


def _round(homeport, updating, questions, seconds, most, hosts):
    running = None
    if updating:
        begin = _devices if isinstance(updating, Devices) else _messages
        running = begin(homeport, updating, seconds + 1)
        time.sleep(0.5)
    probe = Probe(homeport.port, hosts, seconds)
    probe.start()
    load = dnsperf.ask(homeport.port, questions, seconds, most)
    probe.join()
    rate = running() if running else 0.0
    if set(load.codes) - {"NOERROR", "NXDOMAIN"}:
        raise ServerFailed(f"Homeport answered {load.codes}")
    return load.per_second, rate, probe.share(0.5), probe.share(0.99)


def _devices(_, devices, seconds):
    # Each connection waits between two updates, so that together they send so many a second.
    pause = 1000 * CONNECTIONS // UPDATES_PER_SECOND
    running = devices.start(seconds, CONNECTIONS, pause_ms=pause)

    def finish():
        done = devices.finish(running)
        devices.visit = done.visit + 1
        if done.wrong or not done.right:
            raise ServerFailed(f"{done.wrong} updates were not done, as: {done.sample}")
        return done.per_second

    return finish


def _messages(homeport, messages, seconds):
    file = messages.next()
    results = []

    def run():
        results.append(dnsperf.update(homeport.port, file, seconds, WAITING, UPDATES_PER_SECOND))

    sending = threading.Thread(target=run)
    sending.start()

    def finish():
        sending.join()
        done = results[0]
        if done.codes.get("NOERROR", 0) != done.completed or not done.completed:
            raise ServerFailed(f"Homeport answered updates with {done.codes}")
        return done.per_second

    return finish


class Probe(threading.Thread):
    """Asks now and then, and notes how long the answer took."""

    def __init__(self, port, hosts, seconds):
        super().__init__()
        self.port = port
        self.hosts = hosts
        self.seconds = seconds
        self.latencies = []

    def run(self):
        # It stands for a client on a machine of its own, so it must not wait for a processor here.
        with contextlib.suppress(PermissionError):
            os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))
        end = time.monotonic() + self.seconds
        with dns.Client(self.port) as client:
            while (began := time.monotonic()) < end:
                name = f"host{random.randrange(self.hosts)}.{updates.ZONE}"
                if client.ask(name, dns.A) is not None:
                    self.latencies.append(time.monotonic() - began)
                time.sleep(1 / PROBES_PER_SECOND)

    def share(self, share):
        """Milliseconds that this share of all answers stayed below."""
        return statistics.quantiles(self.latencies, n=1000)[round(share * 1000) - 1] * 1000


def _row(most, beside, runs):
    per_second, rate, p50, p99 = (statistics.median(column) for column in zip(*runs))
    return {
        "server": f"Homeport, updates by {beside} beside" if beside else "Homeport, alone",
        "asked": f"{most:,}/s" if most else "all it can",
        "q/s": per_second,
        "updates/s": rate,
        "p50 ms": p50,
        "p99 ms": p99,
    }

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

UPDATES_PER_SECOND = 5_000
CONNECTIONS = 64
PROBES_PER_SECOND = 500
CALM_QUERIES_PER_SECOND = 50_000


def measure(folder, hosts, times, say):
    """Rows for the table: Homeport alone and with updates beside, at half speed and at full speed."""
    folder.mkdir()
    homeport = Homeport(folder / "homeport")
    try:
        homeport.start()
        devices = updates.devices(homeport, hosts, folder / "wrk")
        questions = _questions(folder / "questions", hosts)
        dnsperf.ask(homeport.port, questions, times.warmup)
        devices.run(times.warmup, CONNECTIONS)
        results = {}
        for number in range(times.rounds):
            for most in (CALM_QUERIES_PER_SECOND, None):
                for beside in (False, True) if number % 2 == 0 else (True, False):
                    row = _round(homeport, devices, questions, times.seconds, most, beside, hosts)
                    results.setdefault((most, beside), []).append(row)
                    say(f"  {most or 'most'} q/s, updates {beside}: " + ", ".join(f"{x:,.2f}" for x in row))
        return [_row(*key, runs) for key, runs in results.items()]
    finally:
        homeport.stop()


def _questions(path, hosts):
    with path.open("w") as out:
        chance = random.Random(zones.SEED)
        for _ in range(200_000):
            out.write(f"host{chance.randrange(hosts)}.{updates.ZONE} A\n")
    return path


def _round(homeport, devices, questions, seconds, most, beside, hosts):
    running = None
    if beside:
        # Each connection waits between two updates, so that together they send so many a second.
        pause = 1000 * CONNECTIONS // UPDATES_PER_SECOND
        running = devices.start(seconds + 1, CONNECTIONS, pause_ms=pause)
        time.sleep(0.5)
    probe = Probe(homeport.port, hosts, seconds)
    probe.start()
    load = dnsperf.ask(homeport.port, questions, seconds, most)
    probe.join()
    rate = 0.0
    if running:
        done = devices.finish(running)
        devices.visit = done.visit + 1
        if done.wrong or not done.right:
            raise ServerFailed(f"{done.wrong} updates were not done, as: {done.sample}")
        rate = done.per_second
    if set(load.codes) - {"NOERROR", "NXDOMAIN"}:
        raise ServerFailed(f"Homeport answered {load.codes}")
    return load.per_second, rate, probe.share(0.5), probe.share(0.99)


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
        "server": "Homeport, updates beside" if beside else "Homeport, alone",
        "asked": f"{most:,}/s" if most else "all it can",
        "q/s": per_second,
        "updates/s": rate,
        "p50 ms": p50,
        "p99 ms": p99,
    }

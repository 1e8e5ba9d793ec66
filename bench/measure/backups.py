"""How long updates wait while a backup is made: devices over HTTP, each update durable."""

import base64
import http.client
import statistics
import threading
import time

from . import zones
from .process import ServerFailed
from .servers import Homeport
from .updates import ZONE

DEVICES = 8  # Each updates its host again as soon as it is answered.


def measure(folder, names, times, say):
    """Rows for the table: without a backup, and beside one; medians, and the longest of all."""
    folder.mkdir()
    server = Homeport(folder / "homeport")
    try:
        server.start()
        server.run("zone", "add", ZONE, "--file", str(zones.write_zone(folder / "zone", names, ZONE)))
        server.run("policy", "set", "change-budget", "unlimited")
        logins = [_login(server, f"device{i}.{ZONE}") for i in range(DEVICES)]
        _beside(server, logins, lambda: time.sleep(times.warmup))
        quiet, busy, sizes = [], [], []
        for number in range(times.rounds):
            quiet.append(_beside(server, logins, lambda: time.sleep(times.seconds)))
            file = folder / f"backup-{number}.zip"
            busy.append(_beside(server, logins, lambda: server.run("backup", str(file))))
            sizes.append(file.stat().st_size)
            file.unlink()
            say(f"  round {number + 1}: longest wait {quiet[-1][4]:.0f} ms, beside a backup {busy[-1][4]:.0f} ms")
    finally:
        server.stop()
    note = f"The backup: {statistics.median(sizes) / 2**20:.0f} MiB, made by the command `homeport backup`."
    return [_row("Homeport", names, quiet), _row("Homeport, beside a backup", names, busy)], [note]


def _login(server, host):
    added = server.run("host", "add", host)
    return host, added["username"], added["password"]


def _beside(server, logins, work):
    """Updates until the work is done; its seconds, the updates, and their waits in ms."""
    done = threading.Event()
    waits, failures = [], []

    def device(host, username, password):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", server.web_port, timeout=60)
            secret = base64.b64encode(f"{username}:{password}".encode()).decode()
            count = time.monotonic_ns()  # Other addresses than in the round before.
            while not done.is_set():
                count += 1
                address = f"10.{count >> 16 & 255}.{count >> 8 & 255}.{count & 255}"
                began = time.monotonic()
                connection.request(
                    "GET",
                    f"/nic/update?hostname={host}&myip={address}",
                    headers={"Authorization": "Basic " + secret},
                )
                answer = connection.getresponse().read().decode()
                waits.append((time.monotonic() - began) * 1000)
                if not answer.startswith("good"):
                    raise ServerFailed(f"{host}: {answer}")
        except Exception as e:  # Raised where it is seen, below.
            failures.append(e)

    devices = [
        threading.Thread(target=device, args=login) for login in logins
    ]
    began = time.monotonic()
    for thread in devices:
        thread.start()
    try:
        work()
    finally:
        done.set()
        for thread in devices:
            thread.join()
    if failures:
        raise failures[0]
    seconds = time.monotonic() - began
    waits.sort()
    return (
        seconds,
        len(waits) / seconds,
        statistics.median(waits),
        waits[len(waits) * 99 // 100],
        waits[-1],
    )


def _row(name, names, rounds):
    seconds, per_second, p50, p99, longest = zip(*rounds)
    return {
        "server": name,
        "names": names,
        "in s": statistics.median(seconds),
        "updates/s": statistics.median(per_second),
        "p50 ms": statistics.median(p50),
        "p99 ms": statistics.median(p99),
        "longest ms": max(longest),
    }

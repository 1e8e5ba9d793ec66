"""From exec to the first answer: a start that is not the first, of all servers."""

import statistics

from . import zones
from .servers import Homeport, Knot, Nsd


def measure(folder, names, rounds, say):
    """Rows for the table: seconds to the first answer, without a zone and with `names` names."""
    folder.mkdir()
    zone = zones.write_zone(folder / "zone", names)
    last = f"host{names - 1}.{zones.ZONE}"
    rows = []
    for kind in (Homeport, Nsd, Knot):
        empty, full = kind(folder / f"{kind.name}-empty"), kind(folder / f"{kind.name}-full")
        if kind is Homeport:
            empty.start()
            full.start()
            full.run("zone", "add", zones.ZONE, "--file", str(zone))
        else:
            empty.configure()
            full.configure([(zones.ZONE, zone)])
            empty.start()
            full.start(last)
        empty.stop()
        full.stop()
        empty_seconds, empty_cpu = _medians(empty, None, rounds)
        full_seconds, full_cpu = _medians(full, last, rounds)
        row = {
            "server": kind.name,
            "empty s": empty_seconds,
            "empty CPU s": empty_cpu,
            "with names s": full_seconds,
            "with names CPU s": full_cpu,
        }
        say(f"start: {kind.name} {empty_seconds:.3f} s, with {names} names {full_seconds:.3f} s")
        rows.append(row)
    return rows


def _medians(server, probe, rounds):
    """Seconds to the first answer, and CPU time until then, which a busy machine disturbs less."""
    runs = []
    for _ in range(rounds):
        seconds = server.start(probe)
        runs.append((seconds, sum(server.process.cpu_seconds())))
        server.stop()
    return tuple(statistics.median(column) for column in zip(*runs))

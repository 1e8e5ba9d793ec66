"""Runs dnsperf and reads what it prints."""

import re
import statistics
import subprocess
from dataclasses import dataclass, field

from .servers import TSIG_NAME, TSIG_SECRET


@dataclass
class Load:
    """What came out of a run."""

    completed: int
    lost: int
    per_second: float
    codes: dict
    latencies: list = field(default_factory=list)

    def latency_ms(self, share):
        """The latency that this share of all stayed below."""
        if len(self.latencies) < 2:
            return float("nan")
        return statistics.quantiles(self.latencies, n=1000)[round(share * 1000) - 1] * 1000


def _number(label, text):
    found = re.search(rf"{label}:\s+([\d.]+)", text)
    return float(found.group(1)) if found else 0.0


def _run(port, file, seconds, *options):
    command = ["dnsperf", "-s", "127.0.0.1", "-p", str(port), "-d", file, "-l", str(seconds), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    text = done.stdout
    codes = re.search(r"Response codes:\s+(.*)", text)
    return Load(
        int(_number("(?:Queries|Updates) completed", text)),
        int(_number("(?:Queries|Updates) lost", text)),
        _number("(?:Queries|Updates) per second", text),
        {code: int(count) for code, count in re.findall(r"([A-Z]\w+) (\d+)", codes.group(1))}
        if codes
        else {},
        # With -v a line for each: result, name, (type,) seconds.
        [float(seconds) for seconds in re.findall(r"^> \w+ .*?([\d.]+)$", text, re.MULTILINE)],
    )


def ask(port, file, seconds, most=None):
    """Queries from one thread and eight sockets: the other core is the server's.

    `most` a second, or as many as are answered.
    """
    limit = ["-Q", str(most)] if most else []
    return _run(port, file, seconds, "-c", "8", "-T", "1", "-q", "256", "-t", "2", *limit)


def ask_by_stream(port, file, seconds, mode, connections):
    """Queries by `tcp` or `dot`, 64 unanswered on each connection at most."""
    waiting = str(64 * connections)
    options = ["-c", str(connections), "-T", "1", "-q", waiting, "-t", "5"]
    return _run(port, file, seconds, "-m", mode, *options)


def update(port, file, seconds, waiting, most=None):
    """Updates signed by TSIG, at most `waiting` of them unanswered at a time, and `most` a second."""
    key = f"hmac-sha256:{TSIG_NAME}:{TSIG_SECRET}"
    limit = ["-Q", str(most)] if most else []
    return _run(
        port, file, seconds, "-u", "-y", key, "-c", "8", "-T", "1", "-q", str(waiting), "-v", *limit
    )

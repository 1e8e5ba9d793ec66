"""A server as a plain process: started, measured, stopped."""

import os
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Times:
    """How often and how long to measure, and the seconds of load before that."""

    rounds: int
    seconds: int
    warmup: int


class ServerFailed(Exception):
    """A server did not start or did not do what a measurement relies on."""


class ServerProcess:
    """A process and all it has forked (NSD answers from a child of a child)."""

    def __init__(self, name, command, log):
        self.name = name
        self.log = Path(log)
        with self.log.open("ab") as out:
            self.started_at = time.monotonic()
            # A group of its own, so that nothing is left when the measurement ends early.
            self.popen = subprocess.Popen(
                command, stdout=out, stderr=out, stdin=subprocess.DEVNULL, start_new_session=True
            )

    @property
    def pid(self):
        return self.popen.pid

    def require_alive(self):
        if self.popen.poll() is not None:
            tail = self.log.read_text(errors="replace")[-1500:]
            raise ServerFailed(f"{self.name} ended with {self.popen.returncode}:\n{tail}")

    def tree(self):
        """The process and its descendants."""
        found, waiting = [], [self.pid]
        while waiting:
            pid = waiting.pop()
            found.append(pid)
            for children in Path(f"/proc/{pid}/task").glob("*/children"):
                try:
                    waiting += [int(child) for child in children.read_text().split()]
                except OSError:
                    pass  # A thread that has just ended.
        return found

    def cpu_seconds(self):
        """User and system seconds so far, of all threads."""
        user = system = 0
        for pid in self.tree():
            # The name, in parentheses, may hold blanks: fields are counted after it.
            fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
            user += int(fields[11])
            system += int(fields[12])
        return user / TICKS_PER_SECOND, system / TICKS_PER_SECOND

    def memory_mib(self):
        """Resident memory; what forked processes share is counted once (PSS)."""
        kib = 0
        for pid in self.tree():
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    kib += int(line.split()[1])
        return kib / 1024

    def stop(self):
        """Asks it to end, and waits until it has."""
        self._end(signal.SIGTERM)

    def kill(self):
        """Ends it as a crash would: nothing can be written any more."""
        self._end(signal.SIGKILL)

    def _end(self, how):
        if self.popen.poll() is None:
            target = os.killpg if how == signal.SIGKILL else os.kill
            target(self.pid, how)
            try:
                self.popen.wait(timeout=60)
            except subprocess.TimeoutExpired:
                os.killpg(self.pid, signal.SIGKILL)
                self.popen.wait()


class Cpu:
    """CPU time of a server over a `with` block."""

    def __init__(self, process):
        self.process = process
        self.user = self.system = 0.0

    def __enter__(self):
        self._before = self.process.cpu_seconds()
        return self

    def __exit__(self, *_):
        user, system = self.process.cpu_seconds()
        self.user = user - self._before[0]
        self.system = system - self._before[1]

    def micros(self, count):
        """User and system microseconds for each of `count` operations."""
        count = max(count, 1)
        return self.user * 1e6 / count, self.system * 1e6 / count

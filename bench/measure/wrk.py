"""Runs wrk with updates.lua against Homeport and reads what it found."""

import base64
import os
import subprocess
from dataclasses import dataclass, field
from pathlib import Path

SCRIPT = Path(__file__).with_name("updates.lua")
VISITS = 100  # As in the script: addresses repeat after this many visits to a host.


@dataclass
class HttpLoad:
    right: int
    wrong: int
    broken: int
    sample: str
    seconds: float
    p50_ms: float
    p99_ms: float
    visit: int
    index: int
    acknowledged: dict = field(default_factory=dict)

    @property
    def per_second(self):
        return self.right / self.seconds


class Devices:
    """A load of devices; each credential is that of the same number of hosts in a row."""

    def __init__(self, server, zone, hosts, credentials, result):
        """`credentials` are pairs of user name and password."""
        self.server = server
        self.zone = zone
        self.hosts = hosts
        self.result = Path(result)
        self.authorizations = self.result.with_suffix(".authorizations")
        with self.authorizations.open("w") as out:
            for username, password in credentials:
                pair = base64.b64encode(f"{username}:{password}".encode()).decode()
                out.write(f"Basic {pair}\n")
        # Each run goes on where the last one ended: else its first updates would change nothing.
        self.visit = 0
        self.index = 0

    def start(
        self, seconds, connections, kind="change", pause_ms=0, url=None, close=False, checked=True
    ):
        """`kind` is "change" (all are), "same" (none is) or "either".

        Answers that are not `checked` count by their status alone; whoever asks for that looks at the
        outcome afterwards (`settled`). Reading them in Lua costs wrk more than all else that it does.
        """
        command = [
            "wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s", "--latency",
            "-s", SCRIPT, url or f"http://127.0.0.1:{self.server.web_port}/",
            "--", str(self.hosts), self.zone, str(self.authorizations),
            kind, str(self.visit), str(pause_ms), "close" if close else "keep",
            "checked" if checked else "counted", str(self.index),
        ]  # fmt: skip
        return subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"BENCH_RESULT": str(self.result)},
        )

    def finish(self, running):
        output, _ = running.communicate()
        if running.returncode:
            raise RuntimeError(f"wrk: {output.decode()}")
        lines = [line.split(" ", 1) for line in self.result.read_text().splitlines()]
        value = {key: text for key, text in lines if key != "ack"}
        acks = (text.split() for key, text in lines if key == "ack")
        refused = int(value["refused"])
        counted = int(value["right"]) == int(value["wrong"]) == 0
        load = HttpLoad(
            int(value["answers"]) - refused if counted else int(value["right"]),
            refused if counted else int(value["wrong"]),
            int(value["broken"]),
            value["sample"],
            float(value["seconds"]),
            float(value["p50"]),
            float(value["p99"]),
            int(value["visit"]),
            int(value["index"]),
            {int(index): int(octet) for index, octet in acks},
        )
        return load

    def run(self, seconds, connections, kind="change", **more):
        load = self.finish(self.start(seconds, connections, kind, **more))
        self.visit = load.visit
        self.index = load.index
        return load

    def settled(self, connections):
        """Pairs of a host's name and its address after changes; not those that were on their way."""
        for index in range(self.hosts):
            passed = (self.index - index) % self.hosts
            if connections < passed < self.hosts - connections:
                visit = self.visit if index < self.index else self.visit - 1
                yield f"host{index}.{self.zone}", self.address(index, 1 + visit % VISITS)

    def address(self, index, octet):
        return f"{octet}.{index >> 16}.{index >> 8 & 255}.{index & 255}"

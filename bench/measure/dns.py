"""Just enough of a DNS client to compare answers and to wait for the first one."""

import random
import socket
import struct
import time
from dataclasses import dataclass

A, SOA, AAAA = 1, 6, 28
TYPES = {"A": A, "AAAA": AAAA, "SOA": SOA}
NOERROR, NXDOMAIN = 0, 3
# Types whose data holds names, which servers may compress differently: not compared octet by octet.
_NAMES_ONLY = {2, 5}


@dataclass(frozen=True)
class Answer:
    """What two right servers must agree on; order and compression are theirs to choose."""

    rcode: int
    authoritative: bool
    answer: frozenset
    authority: frozenset

    def addresses(self):
        return {socket.inet_ntoa(data) for _, kind, _, data in self.answer if kind == A}


def query(name, kind):
    """A query's identifier and octets."""
    identifier = random.getrandbits(16)
    labels = b"".join(
        bytes([len(label)]) + label.encode() for label in name.rstrip(".").split(".")
    )
    header = struct.pack(">HHHHHH", identifier, 0, 1, 0, 0, 0)
    return identifier, header + labels + b"\0" + struct.pack(">HH", kind, 1)


def _name(message, at):
    labels, after = [], None
    while True:
        length = message[at]
        if length >= 0xC0:
            after = after or at + 2
            at = struct.unpack_from(">H", message, at)[0] & 0x3FFF
        elif length == 0:
            return ".".join(labels), after or at + 1
        else:
            labels.append(message[at + 1 : at + 1 + length].decode().lower())
            at += 1 + length


def _record(message, at):
    owner, at = _name(message, at)
    kind, _, ttl, length = struct.unpack_from(">HHIH", message, at)
    at += 10
    data = message[at : at + length]
    if kind in _NAMES_ONLY:
        data = _name(message, at)[0]
    elif kind == SOA:
        primary, rest = _name(message, at)
        mailbox, rest = _name(message, rest)
        data = (primary, mailbox, message[rest : at + length])
    return (owner, kind, ttl, data), at + length


def parse(message):
    _, flags, questions, answers, authorities, _ = struct.unpack_from(">HHHHHH", message)
    at = 12
    for _ in range(questions):
        at = _name(message, at)[1] + 4
    sections = []
    for count in (answers, authorities):
        records = set()
        for _ in range(count):
            record, at = _record(message, at)
            records.add(record)
        sections.append(frozenset(records))
    return Answer(flags & 15, bool(flags & 0x0400), sections[0], sections[1])


class Client:
    """Asks one server by UDP."""

    def __init__(self, port):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(("127.0.0.1", port))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def ask(self, name, kind, timeout=2.0):
        """The answer, or None when none came in time."""
        identifier, message = query(name, kind)
        end = time.monotonic() + timeout
        try:
            self.socket.send(message)
            while (left := end - time.monotonic()) > 0:
                self.socket.settimeout(left)
                octets = self.socket.recv(4096)
                # An answer to an earlier question may still be on its way.
                if octets[:2] == struct.pack(">H", identifier):
                    return parse(octets)
        except OSError:  # Nothing listens yet, or the time is over.
            return None
        return None


def wait_for(port, name, kind, right, alive, seconds=180.0):
    """Asks again and again until `right(answer)`; gives the moment when that was."""
    end = time.monotonic() + seconds
    with Client(port) as client:
        while time.monotonic() < end:
            answer = client.ask(name, kind, timeout=0.02)
            now = time.monotonic()
            if answer is not None and right(answer):
                return now
            alive()
            time.sleep(0.001)
    raise TimeoutError(f"no right answer on port {port} within {seconds:.0f} s")

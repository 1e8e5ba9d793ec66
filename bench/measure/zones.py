"""The zone that all servers hold, and what is asked of it."""

import random

ZONE = "bench.example"
# A fixed seed: every server, and every run, gets the same questions.
SEED = 20
HEAD = """$ORIGIN {zone}.
$TTL 60
@ 60 SOA ns1 hostmaster 1 3600 600 604800 60
@ 60 NS ns1
ns1 60 A 192.0.2.53
"""


def address(index):
    return f"10.{index >> 16 & 255}.{index >> 8 & 255}.{index & 255}"


def write_zone(path, names, zone=ZONE):
    """`names` hosts, host0 and on, an address each."""
    with path.open("w") as out:
        out.write(HEAD.format(zone=zone))
        out.writelines(f"host{i} 60 A {address(i)}\n" for i in range(names))
    return path


def questions(names, count):
    """70 % an address, 20 % AAAA of a host without one (NODATA), 10 % no such name."""
    chance = random.Random(SEED)
    for _ in range(count):
        index = chance.randrange(names)
        kind = chance.random()
        if kind < 0.7:
            yield f"host{index}.{ZONE}", "A"
        elif kind < 0.9:
            yield f"host{index}.{ZONE}", "AAAA"
        else:
            yield f"nohost{index}.{ZONE}", "A"


def write_questions(path, names, count):
    """In dnsperf's form."""
    with path.open("w") as out:
        out.writelines(f"{name} {kind}\n" for name, kind in questions(names, count))
    return path

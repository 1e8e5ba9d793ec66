"""Homeport and its peers, each in a folder of its own, on loopback, with one worker for UDP."""

import base64
import json
import socket
import subprocess
from pathlib import Path

from . import dns
from .process import ServerFailed, ServerProcess

HOMEPORT = Path(__file__).resolve().parents[2] / "homeport"
TSIG_NAME = "bench"
TSIG_SECRET = base64.b64encode(b"a secret only for measurements..").decode()


def free_port():
    """A port that is free for both UDP and TCP now."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            try:
                udp.bind(tcp.getsockname())
                return tcp.getsockname()[1]
            except OSError:
                continue


class Server:
    """A program with a folder and a port; `start` may be called again after `stop` or `kill`."""

    name = ""

    def __init__(self, folder):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True)
        self.port = free_port()
        self.process = None

    def command(self):
        raise NotImplementedError

    def start(self, probe=None):
        """Starts it, and gives the seconds until it answered.

        `probe` is the name whose address must be answered; without one any answer will do.
        """
        self.process = ServerProcess(self.name, self.command(), self.folder / "log")
        question, right = (probe, _has_address) if probe else ("example", lambda _: True)
        at = dns.wait_for(self.port, question, dns.A, right, self.process.require_alive)
        return at - self.process.started_at

    def stop(self):
        if self.process:
            self.process.stop()

    def kill(self):
        if self.process:
            self.process.kill()


def _has_address(answer):
    return answer.rcode == dns.NOERROR and answer.authoritative and bool(answer.answer)


class Homeport(Server):
    name = "Homeport"

    def __init__(self, folder):
        super().__init__(folder)
        self.web_port = free_port()
        self.data = self.folder / "data"

    def command(self):
        return [
            HOMEPORT, "serve", "--data", self.data, "--udp-workers", "1",
            "--dns", f"127.0.0.1:{self.port}", "--web", f"127.0.0.1:{self.web_port}",
        ]  # fmt: skip

    def run(self, *arguments):
        """A command of the program, beside the running server; gives what it prints as JSON."""
        command = [HOMEPORT, *arguments, "--json", "--data", self.data]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise ServerFailed(f"homeport {' '.join(arguments)}: {done.stderr or done.stdout}")
        return json.loads(done.stdout)

    def add_key(self, zone):
        """The key of the other servers; it may change the addresses of a zone file, too."""
        self.run(
            "key", "add", TSIG_NAME, "--secret", TSIG_SECRET,
            "--zone", zone, "--subtree", zone, "--type", "A", "--static",
        )  # fmt: skip

    def token(self):
        return (self.data / "administrator.token").read_text().strip()

    def jvm_flags(self):
        arguments = Path(f"/proc/{self.process.pid}/cmdline").read_text().split("\0")
        # Where this checkout stands is nobody's business.
        return [
            flag.split("=")[0] if "/" in flag else flag
            for flag in arguments
            if flag.startswith(("-XX", "-Xm", "-Xs"))
        ]


class Nsd(Server):
    name = "NSD"

    def configure(self, zones=()):
        """`zones` are pairs of a name and a file."""
        config = f"""
server:
    server-count: 1
    ip-address: 127.0.0.1@{self.port}
    # Debian's build limits the rate by default: it would measure the limit.
    rrl-ratelimit: 0
    rrl-whitelist-ratelimit: 0
    # The same answers as the others give: without the zone's NS records in each.
    minimal-responses: yes
    username: ""
    chroot: ""
    database: ""
    zonesdir: "{self.folder}"
    pidfile: "{self.folder}/nsd.pid"
    xfrdfile: "{self.folder}/xfrd.state"
    xfrdir: "{self.folder}"
    zonelistfile: "{self.folder}/zone.list"
    verbosity: 0
remote-control:
    control-enable: no
"""
        for zone, file in zones:
            config += f'zone:\n    name: "{zone}"\n    zonefile: "{file}"\n'
        (self.folder / "nsd.conf").write_text(config)

    def command(self):
        return ["/usr/sbin/nsd", "-d", "-c", self.folder / "nsd.conf"]


class Knot(Server):
    name = "Knot"

    def configure(self, zones=()):
        """`zones` are pairs of a name and a file; updates signed with the key are let in."""
        # Knot makes the journal's folder, but not the one above it; every update would be SERVFAIL.
        (self.folder / "db").mkdir()
        config = f"""
server:
    rundir: {self.folder}
    listen: 127.0.0.1@{self.port}
    udp-workers: 1
    tcp-workers: 1
log:
  - target: stderr
    any: warning
database:
    storage: {self.folder}/db
key:
  - id: {TSIG_NAME}
    algorithm: hmac-sha256
    secret: {TSIG_SECRET}
acl:
  - id: update
    key: {TSIG_NAME}
    action: update
template:
  - id: default
    storage: {self.folder}
    acl: update
    # The journal is synced for each change (the default); the zone file, which would be written
    # anew after each change too, is left alone: this favours Knot.
    zonefile-sync: -1
"""
        config += "".join(
            f"zone:\n  - domain: {zone}\n    file: {file}\n" for zone, file in zones
        )
        (self.folder / "knot.conf").write_text(config)

    def command(self):
        return ["/usr/sbin/knotd", "-c", self.folder / "knot.conf"]


class Bind(Server):
    name = "BIND"

    def __init__(self, folder):
        super().__init__(folder)
        self.dot_port = free_port()

    def configure(self, zones=()):
        """`zones` are pairs of a name and a file. Serves TLS too, with a certificate of its own."""
        config = f"""
options {{
    directory "{self.folder}";
    pid-file "{self.folder}/named.pid";
    session-keyfile "{self.folder}/session.key";
    listen-on port {self.port} {{ 127.0.0.1; }};
    listen-on port {self.dot_port} tls ephemeral {{ 127.0.0.1; }};
    listen-on-v6 {{ none; }};
    recursion no;
    # The same answers as the others give.
    minimal-responses yes;
    # Not used by the generator, and costs.
    answer-cookie no;
    notify no;
    tcp-clients 1000;
}};
controls {{ }};
key "{TSIG_NAME}" {{ algorithm hmac-sha256; secret "{TSIG_SECRET}"; }};
"""
        for zone, file in zones:
            config += (
                f'zone "{zone}" {{ type primary; file "{file}"; check-names ignore;'
                f" allow-update {{ key {TSIG_NAME}; }}; }};\n"
            )
        (self.folder / "named.conf").write_text(config)

    def command(self):
        return ["/usr/sbin/named", "-f", "-n", "1", "-c", self.folder / "named.conf"]


class PowerDns(Server):
    """With the back end that keeps zones in memory, and its packet cache, as it comes."""

    name = "PowerDNS"

    def configure(self, zones=()):
        """`zones` are pairs of a name and a file."""
        named = "".join(f'zone "{zone}" {{ type master; file "{file}"; }};\n' for zone, file in zones)
        (self.folder / "named.conf").write_text(named)
        config = f"""
launch=bind
bind-config={self.folder}/named.conf
local-address=127.0.0.1
local-port={self.port}
socket-dir={self.folder}
receiver-threads=1
distributor-threads=1
loglevel=3
"""
        (self.folder / "pdns.conf").write_text(config)

    def command(self):
        return ["/usr/sbin/pdns_server", f"--config-dir={self.folder}", "--daemon=no", "--guardian=no"]

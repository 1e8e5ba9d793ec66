"""What runs here: the programs needed, and the machine's description for the results."""

import os
import re
import shutil
import subprocess
from pathlib import Path

# Program, and Debian's package of it.
NEEDED = {
    "/usr/sbin/nsd": "nsd",
    "/usr/sbin/knotd": "knot",
    "/usr/sbin/named": "bind9",
    # Its back end for zones in memory is a package beside it, which brings the server along.
    "/usr/sbin/pdns_server": "pdns-backend-bind",
    "dnsperf": "dnsperf",
    "wrk": "wrk",
    "strace": "strace",
}


def install_missing(say):
    """Installs what is missing (Debian, Ubuntu), and stops services that doing so has started."""
    missing = [package for program, package in NEEDED.items() if not shutil.which(program)]
    if not missing:
        return
    say(f"installing {' '.join(missing)}")
    root = [] if os.geteuid() == 0 else ["sudo"]
    apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    subprocess.run([*apt, "update"], check=True)
    subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *missing],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    if shutil.which("systemctl"):
        for service in {"nsd", "knot", "bind9", "pdns-backend-bind"} & set(missing):
            # Only what this run has brought along; a service that was here before is left alone.
            unit = {"bind9": "named", "pdns-backend-bind": "pdns"}.get(service, service)
            subprocess.run(
                [*root, "systemctl", "disable", "--now", unit], check=False, capture_output=True
            )


def _first(command, pattern):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(pattern, done.stdout + done.stderr)
    return found.group(1) if found else "unknown"


def _field(file, label):
    found = re.search(rf"^{label}\s*:\s*(.*)$", Path(file).read_text(), re.MULTILINE)
    return found.group(1) if found else "unknown"


def description(homeport, java, jvm_flags):
    """Lines for the results file."""
    memory = int(_field("/proc/meminfo", "MemTotal").split()[0]) / 1024**2
    versions = {
        "Homeport": _first([homeport, "--version"], r"(\d[\w.-]*)"),
        "Java": _first([java, "-version"], r"Runtime Environment (.*)"),
        "NSD": _first(["/usr/sbin/nsd", "-v"], r"version (\S+)"),
        "Knot": _first(["/usr/sbin/knotd", "--version"], r"version (\S+)"),
        "BIND": _first(["/usr/sbin/named", "-v"], r"BIND (\S+)"),
        "PowerDNS": _first(["/usr/sbin/pdns_server", "--version"], r"Server (\S+)"),
        "dnsperf": _first(["dnsperf", "-h"], r"Version (\S+)"),
        "wrk": _first(["wrk", "-v"], r"wrk \S*?([\d.]+)"),
    }
    return [
        f"{_field('/proc/cpuinfo', 'model name')}, {os.cpu_count()} processors, {memory:.1f} GiB",
        f"Linux {os.uname().release}; load average at the start {os.getloadavg()[0]:.1f}",
        ", ".join(f"{program} {version}" for program, version in versions.items()),
        f"JVM flags: `{' '.join(jvm_flags)}`",
    ]

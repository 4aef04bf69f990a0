"""The systemd unit of docs/internet.md: the page's, good to systemd, tight, and the
chat runs under its system call filter as a user that is nobody.

usage: unit.py PAGE UNIT SOCKET_UNIT COMPILER CHAT
"""
import os
import re
import signal
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import syscall_filter
from chat_client import Person
from server import Server, expect, heed_interrupts, run, seen

MAX_EXPOSED = 20  # tenths; see `systemd-analyze security`


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as file:
        file.write(text)
    return path


def verify(*paths):
    verified = subprocess.run(["systemd-analyze", "verify", *paths],
                              capture_output=True, text=True)
    expect((verified.returncode, verified.stdout + verified.stderr), (0, ""),
           "systemd-analyze verify")


def analyze(unit, socket_unit, drop_in, chat):
    """What systemd says of it, for a program that is there; and of the socket."""
    with tempfile.TemporaryDirectory() as folder:
        path = write(os.path.join(folder, "chat.service"),
                     unit.replace("/usr/local/bin/chat", chat))
        verify(path)
        write(os.path.join(folder, "chat.service.d", "socket.conf"), drop_in)
        verify(path, write(os.path.join(folder, "chat.socket"), socket_unit))
        rated = subprocess.run(
            ["systemd-analyze", "security", "--offline=true", "--no-pager",
             f"--threshold={MAX_EXPOSED}", path], capture_output=True, text=True)
        expect(rated.returncode, 0, f"systemd-analyze security\n{rated.stdout}")


def words(unit, name):
    return re.findall(rf"^{name}=(.*)$", unit, re.MULTILINE)


class Confined(Server):
    """Runs with the unit's filter and nobody's rights."""

    def __init__(self, chat, calls, **named):
        # Not in lit's own folder, which nobody may enter.
        super().__init__([chat], tls=True, within="/tmp", **named)
        self.calls = calls
        os.chmod(self.folder.name, 0o755)
        self.command[0] = shutil.copy(chat, os.path.join(self.folder.name, "chat"))
        for name in ("cert.pem", "key.pem", "chat"):
            os.chmod(os.path.join(self.folder.name, name), 0o755)

    def confinement(self):
        def confine():
            heed_interrupts()
            syscall_filter.install(self.calls)
        nobody = {"user": 65534, "group": 65534, "extra_groups": []}
        return {"preexec_fn": confine, "cwd": "/",
                **(nobody if os.geteuid() == 0 else {})}


async def serves(server):
    with open(f"/proc/{server.process.pid}/status") as status:
        said = status.read()
    expect(re.search(r"^Seccomp:\s*(\d)", said, re.MULTILINE).group(1), "2",
           "its calls are filtered")
    expect(re.search(r"^Uid:\s*(\d+)", said, re.MULTILINE).group(1) == "0", False,
           "it is root")
    async with Person(server, "ada", "lobby") as ada, Person(server, "bob", "lobby"):
        await ada.expect("joined", "lobby", "bob", "2")
    server.process.send_signal(signal.SIGHUP)
    await seen(server, "read the certificates again")
    expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")


async def main():
    page, unit, socket_unit, compiler, chat = sys.argv[1:]
    texts = []
    for path in (page, unit, socket_unit):
        with open(path) as file:
            texts.append(file.read())
    page, unit, socket_unit = texts
    for shown in (unit, socket_unit):
        expect(f"```ini\n{shown}```\n" in page, True, "the page shows the unit")
    (drop_in,) = re.findall(r"^```ini chat.service.d/socket.conf\n(.*?)^```$", page,
                            re.MULTILINE | re.DOTALL)
    analyze(unit, socket_unit, drop_in, chat)
    expect(words(unit, "DynamicUser"), ["yes"], "it is no root")
    calls = syscall_filter.allowed(words(unit, "SystemCallFilter"), compiler)
    environment = dict(word.split("=", 1) for line in words(unit, "Environment")
                       for word in line.split())
    environment.update(PLUMB_WS_SHARDS="2", PLUMB_WS_ADMIN_PORT="0",
                       PLUMB_WS_DRAIN_WINDOW_MS="0")
    async with Confined(chat, calls, environment=environment) as server:
        await serves(server)
    # That the filter filters: without a call that it needs, it dies of it.
    calls.remove(syscall_filter.numbers(compiler)["listen"])
    try:
        async with Confined(chat, calls):
            raise AssertionError("it listens without listen(2)")
    except AssertionError as ended:
        expect(str(ended), f"the program ended with -{int(signal.SIGSYS)}", "its end")
    print("ok: unit", flush=True)


run(main())

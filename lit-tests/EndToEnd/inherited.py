"""Sockets that a program is started with, by parents that are not ours.

usage: inherited.py COMMAND...    (COMMAND takes PORT [--tls CERTIFICATE KEY])
"""
import asyncio
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, expect, run, seen

WITHIN = 60  # seconds
# Does what systemd does between fork and exec: the sockets from 3 on, and whose
# they are.
PARENT = """
import fcntl, os, sys
fds, names, pid = sys.argv[1].split(","), sys.argv[2], sys.argv[3]
fds = [fcntl.fcntl(int(fd), fcntl.F_DUPFD, 100) for fd in fds]
for place, fd in enumerate(fds):
    os.dup2(fd, 3 + place, inheritable=True)
    os.close(fd)
os.environ.update(LISTEN_FDS=str(len(fds)), LISTEN_FDNAMES=names,
                  LISTEN_PID=pid or str(os.getpid()))
os.execvp(sys.argv[4], sys.argv[4:])
"""


class Inheriting(Server):
    """A server that is started with sockets: pairs of a name and a socket."""

    def __init__(self, command, sockets, bind, listen="", pid="", **named):
        environment = {"PLUMB_WS_BIND": bind, "PLUMB_WS_LISTEN": listen,
                       **named.pop("environment", {})}
        super().__init__(command, environment=environment, **named)
        self.descriptors = [one.fileno() for _, one in sockets]
        self.command = [
            sys.executable, "-c", PARENT, ",".join(map(str, self.descriptors)),
            ":".join(name for name, _ in sockets), pid, *self.command]

    def confinement(self):
        return {**super().confinement(), "pass_fds": self.descriptors}

    async def _port(self):
        while "plumb: listening on" not in self.said():
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode}")
            await asyncio.sleep(0.02)  # a poll of a condition, not a guess
        return 0


def tcp():
    one = socket.create_server(("127.0.0.1", 0))
    return one, one.getsockname()[1]


def local(path):
    one = socket.socket(socket.AF_UNIX)
    one.bind(path)
    one.listen()
    return one


async def asked(connecting, text):
    async with connecting as client:
        await client.send(f"echo {text}")
        expect(await asyncio.wait_for(client.recv(), WITHIN), text, "an echo")


def by_tcp(port, tls=None):
    return websockets.connect(f"ws{'s' if tls else ''}://localhost:{port}/",
                              host="127.0.0.1", ssl=tls, open_timeout=WITHIN)


def by_path(path):
    return websockets.unix_connect(path, "ws://localhost/", open_timeout=WITHIN)


async def several(command):
    """Plain, TLS and UNIX; the first name twice, as a unit with two lines has it."""
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "s")
        (web, port), (other, second), (secure, third) = tcp(), tcp(), tcp()
        sockets = [("web", web), ("web", other), ("secure", secure),
                   ("local", local(path))]
        async with Inheriting(command, sockets, "fd:secure", "fd:web,fd:local",
                              tls=True) as server:
            await seen(server, f"listening on unix:{path} (inherited as local, ")
            expect(f"listening on ws://127.0.0.1:{second} (inherited as web, " in
                   server.said(), True, "the second one of a name")
            await asked(by_tcp(port), "plain")
            await asked(by_tcp(second), "also plain")
            await asked(by_tcp(third, server.tls), "secure")
            await asked(by_path(path), "local")
            # What the program starts does not get them.
            for fd in range(3, 7):
                with open(f"/proc/{server.process.pid}/fdinfo/{fd}") as info:
                    flags = re.search(r"^flags:\s*(\d+)", info.read(), re.MULTILINE)
                expect(bool(int(flags.group(1), 8) & os.O_CLOEXEC), True,
                       f"descriptor {fd} is closed by exec")
            expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")
        expect(os.path.exists(path), True, "the file is the parent's")


async def restarted(command):
    """Who comes between two programs waits for the second."""
    web, port = tcp()
    async with Inheriting(command, [("web", web)], "fd:*") as server:
        await asked(by_tcp(port), "one")
        expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")
    early = asyncio.create_task(asked(by_tcp(port), "early"))
    await asyncio.sleep(0)
    async with Inheriting(command, [("web", web)], "fd:3") as server:
        await early
        await asked(by_tcp(port), "two")
        expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")


async def refused(command, sockets, bind, why, pid=""):
    server = Inheriting(command, sockets, bind, pid=pid)
    try:
        async with server:
            raise AssertionError(f"it serves, and should not: {why}")
    except AssertionError as ended:
        expect(str(ended).startswith("ended with "), True, str(ended))
    expect(f"plumb: error: cannot listen on '{bind}': {why}" in server.last, True,
           f"'{why}' in {server.last}")


class Remembering(Inheriting):
    def show_log(self):
        self.last = self.said()


async def mistakes(command):
    global Inheriting
    kept, Inheriting = Inheriting, Remembering
    datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    datagrams.bind(("127.0.0.1", 0))
    idle = socket.socket()
    idle.bind(("127.0.0.1", 0))
    web, _ = tcp()
    await refused(command, [("web", datagrams)], "fd:web",
                  "descriptor 3 is no stream socket (with systemd: ListenStream=)")
    await refused(command, [("web", web), ("x", idle)], "fd:x",
                  "descriptor 4 does not listen (with systemd: Accept=no)")
    await refused(command, [("web", web), ("x", idle)], "fd:other",
                  "no socket of that name was passed; there are: web, x")
    await refused(command, [("web", web)], "fd:web",
                  "the sockets were passed to process 1, and this is", pid="1")
    Inheriting = kept


async def by_systemd(command):
    """The real thing, as far as it goes without a service manager."""
    activate = shutil.which("systemd-socket-activate")
    if not activate:
        raise AssertionError("there is no systemd-socket-activate; see "
                             "scripts/packages.txt")
    with tempfile.TemporaryDirectory() as folder:
        path, (probe, port) = os.path.join(folder, "s"), tcp()
        probe.close()
        said = os.path.join(folder, "said")
        passed = [f"--setenv={name}={value}" for name, value in os.environ.items()]
        with open(said, "wb") as log:
            process = subprocess.Popen(
                [activate, f"--listen=127.0.0.1:{port}", f"--listen={path}",
                 "--fdname=web:local", *passed, "--setenv=PLUMB_WS_BIND=fd:web",
                 "--setenv=PLUMB_WS_LISTEN=fd:local", *command, "8080"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            while f"Listening on {path} as 4." not in open(said).read():
                expect(process.poll(), None, "its exit status")
                await asyncio.sleep(0.02)  # a poll of a condition, not a guess
            await asked(by_tcp(port), "activated")
            await asked(by_path(path), "here, too")
            process.send_signal(signal.SIGTERM)
            expect(process.wait(timeout=WITHIN), 0, "exit status")
        except BaseException:
            print(open(said).read(), file=sys.stderr)
            raise
        finally:
            if process.poll() is None:
                process.kill()


async def main():
    command = sys.argv[1:]
    await several(command)
    await restarted(command)
    await mistakes(command)
    await by_systemd(command)
    print("ok: inherited", flush=True)


run(main())

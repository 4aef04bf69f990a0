"""A program that is started as daemons are, or as containers start theirs, serves
and ends like any other.

usage: daemon.py [--root] [--host | --computes] COMMAND...   (COMMAND takes the port)
--root: the ways that only root can take. --host: its signals are its own affair.
--computes: it has no server, says "computing" and never ends.
"""
import asyncio
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from ports import listening_port
from server import certificate, expect, heed_interrupts, run

WITHIN = 60


# --- Ways to start. Each is what the process does before it becomes the program,
# --- and what stands in front of its command.

def plainly():
    heed_interrupts()
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # Python ignores it.


def closed():
    plainly()
    for fd in range(3):
        os.close(fd)


def ignoring():
    plainly()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def blocking():
    plainly()
    signal.pthread_sigmask(signal.SIG_BLOCK,
                           {signal.SIGTERM, signal.SIGINT, signal.SIGPIPE})


def unheard():
    """Its standard output and log are a pipe that nobody reads."""
    plainly()
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)
    os.dup2(writer, 2)
    os.close(writer)


def shell(script, *options):
    """In namespaces of its own, through a shell: "$@" is the command."""
    return ["unshare", "--mount", "--kill-child", "--fork", *options,
            "sh", "-ec", script, "sh"]


WITHOUT_PROC = 'umount -l /proc; exec "$@"'
# Nothing but the program and its libraries: no /proc, /dev, /etc or /tmp.
EMPTY = ('root=$1; shift; mount --bind "$root" "$root"; '
         'mount -o remount,ro,bind "$root"; exec chroot "$root" "$@"')
WAYS = [("plainly", plainly, []), ("closed", closed, []), ("ignoring", ignoring, []),
        ("blocking", blocking, []), ("unheard", unheard, [])]
PROCESS_1 = ("process 1", plainly, shell('exec "$@"', "--pid", "--mount-proc"))
ROOT_WAYS = [
    PROCESS_1,
    ("without /proc", plainly, shell(WITHOUT_PROC)),
    ("in an empty root", plainly, shell(EMPTY)),
    ("process 1 of an empty root, closed", plainly,
     shell(EMPTY + " <&- >&- 2>&-", "--pid"))]


def empty_root(folder, program):
    """A root folder with the program and what it links to, and nothing else."""
    listed = subprocess.run(["ldd", program], check=True, capture_output=True,
                            text=True).stdout
    for path in [program, *re.findall(r"(/\S+) \(0x", listed)]:
        copy = folder + (path if path != program else "/program")
        os.makedirs(os.path.dirname(copy), exist_ok=True)
        shutil.copy(path, copy)
    return folder


class Daemon:
    """A started program; `pid` is its own, `starter` that of what waits for it."""

    def __init__(self, way, command, environment=None):
        self.name, prepare, front = way
        self.folder = tempfile.TemporaryDirectory()
        self.output = os.path.join(self.folder.name, "output")
        if EMPTY in " ".join(front):
            root = os.path.join(self.folder.name, "root")
            front = [*front, empty_root(root, command[0])]
            command = ["/program", *command[1:]]
        self.command = [*front, *command]
        self.front, self.prepare = front, prepare
        self.environment = {**os.environ, "PLUMB_LOG": "debug",
                            "PLUMB_WS_BIND": "127.0.0.1", **(environment or {})}

    def __enter__(self):
        file = os.open(self.output, os.O_WRONLY | os.O_CREAT, 0o600)
        # Not Popen: it would put descriptors in the place of those that are closed.
        self.starter = os.fork()
        if self.starter == 0:
            try:
                os.dup2(file, 1)
                os.dup2(file, 2)
                os.close(file)
                self.prepare()
                os.execvpe(self.command[0], self.command, self.environment)
            finally:
                os._exit(99)
        os.close(file)
        self.status = None
        return self

    def __exit__(self, kind, *_):
        if self.status is None:
            os.kill(self.starter, signal.SIGKILL)
            os.waitpid(self.starter, 0)
        if kind:
            print(f"---- {self.name}:", self.said(), "----", sep="\n", file=sys.stderr)
        self.folder.cleanup()

    def said(self):
        with open(self.output, errors="replace") as file:
            return file.read()

    def pid(self):
        """The program's, as it is here; None while there is none."""
        if not self.front:
            return self.starter
        with open(f"/proc/{self.starter}/task/{self.starter}/children") as file:
            children = file.read().split()
        return int(children[0]) if children else None

    def port(self):
        """What it listens on, by the kernel's word: its log may be closed."""
        pid = self.pid()
        return None if pid is None else listening_port(pid)

    async def until(self, what):
        """Polls until `what()` has a value, and hands that back."""
        async def poll():
            while True:
                if os.waitpid(self.starter, os.WNOHANG)[0]:
                    self.status = 99
                    raise AssertionError(f"{self.name}: it has ended")
                if value := what():
                    return value
                await asyncio.sleep(0.02)
        return await asyncio.wait_for(poll(), WITHIN)

    def kill(self, number):
        os.kill(self.pid(), number)

    async def ended(self):
        """How: as a shell says it."""
        _, status = await asyncio.wait_for(
            asyncio.to_thread(os.waitpid, self.starter, 0), WITHIN)
        self.status = os.waitstatus_to_exitcode(status)
        return self.status if self.status >= 0 else 128 - self.status


async def hear(client, wanted, where):
    expect(await asyncio.wait_for(client.recv(), WITHIN), wanted, where)


async def serves(way, command):
    with Daemon(way, [*command, "0"]) as daemon:
        port = await daemon.until(daemon.port)
        for fd in range(3):
            taken = os.readlink(f"/proc/{daemon.pid()}/fd/{fd}")
            expect(taken.startswith(("socket:", "anon_inode:")), False,
                   f"{way[0]}: descriptor {fd} is {taken}")
        # A line of the log in somebody's connection would end it.
        clients = [await asyncio.wait_for(
            websockets.connect(f"ws://127.0.0.1:{port}/"), WITHIN) for _ in range(5)]
        await clients.pop().close()
        for client in clients:
            await client.send("join room")
            await client.send("echo joined")
            await hear(client, "joined", way[0])
        await clients[0].send("say hello")
        for client in clients:
            await hear(client, "hello", way[0])
        daemon.kill(signal.SIGTERM)
        for client in clients:
            await asyncio.wait_for(client.wait_closed(), WITHIN)
            expect(client.close_code, 1001, way[0])
        expect(await daemon.ended(), 0, f"{way[0]}: the exit status")


async def ends_at_the_second(way, command, first, second):
    with Daemon(way, [*command, "0"], {"PLUMB_WS_DRAIN_WINDOW_MS": "600000",
                                       "PLUMB_WS_DRAIN_TIMEOUT_MS": "600000"}) as daemon:
        port = await daemon.until(daemon.port)
        socket = await asyncio.open_connection("127.0.0.1", port)
        socket[1].write(b"GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\n"
                        b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
        await asyncio.wait_for(socket[0].readuntil(b"\r\n\r\n"), WITHIN)
        daemon.kill(first)
        await daemon.until(lambda: "stopping" in daemon.said())
        daemon.kill(second)
        expect(await daemon.ended(), 128 + second, f"{way[0]}: the exit status")
        socket[1].close()


async def reads_certificates_again(way, command):
    with tempfile.TemporaryDirectory() as folder:
        with Daemon(way, [*command, "0", "--tls", *certificate(folder)]) as daemon:
            await daemon.until(daemon.port)
            daemon.kill(signal.SIGHUP)
            await daemon.until(lambda: "read the certificates again" in daemon.said())
            daemon.kill(signal.SIGTERM)
            expect(await daemon.ended(), 0, f"{way[0]}: the exit status")


async def main():
    arguments = sys.argv[1:]
    ways, end = WAYS, [WAYS[0]]
    if arguments[0] == "--root":
        ways, end = ROOT_WAYS, [PROCESS_1]
        arguments = arguments[1:]
    is_host = arguments[0] == "--host"
    if is_host:
        ways = [way for way in ways if way[1] not in (ignoring, blocking)]
        arguments = arguments[1:]
    if arguments[0] == "--computes":
        for way in end:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
                with Daemon(way, arguments[1:]) as daemon:
                    await daemon.until(lambda: "computing" in daemon.said())
                    daemon.kill(number)
                    expect(await daemon.ended(), 128 + number, f"{way[0]}: the exit status")
    else:
        for way in ways:
            await serves(way, arguments)
        for way in end:
            await ends_at_the_second(way, arguments, signal.SIGTERM, signal.SIGTERM)
            await ends_at_the_second(way, arguments, signal.SIGTERM, signal.SIGINT)
            if not is_host:
                await reads_certificates_again(way, arguments)
    print("ok: daemon")


run(main())

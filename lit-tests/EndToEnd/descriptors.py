"""A server with few descriptors refuses clients in time, and goes on.

usage: descriptors.py COMMAND...    (COMMAND takes PORT [--tls CERTIFICATE KEY])
"""
import asyncio
import os
import re
import resource
import signal
import socket
import ssl
import sys
import urllib.error
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, expect, run, seen

WITHIN = 60  # seconds
FEW = 64
UPGRADE = ("GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Version: 13\r\n"
           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n").encode()


class Limited(Server):
    """Its limits of open files are `soft` and `hard`."""

    def __init__(self, soft, hard, *arguments, **named):
        super().__init__(*arguments, **named)
        self.limits = soft, hard

    def confinement(self):
        def confine():
            super(Limited, self).confinement()["preexec_fn"]()
            resource.setrlimit(resource.RLIMIT_NOFILE, self.limits)
        return {"preexec_fn": confine}


def now(server):
    return resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)


def answer(server):
    """The status of one more client; its socket too when it was taken in. 0: it was
    closed without a word."""
    one = socket.create_connection(("localhost", server.port), timeout=WITHIN)
    if server.tls:
        try:
            one = server.tls.wrap_socket(one, server_hostname="localhost")
        except (ssl.SSLError, ConnectionError):
            one.close()
            return 0, None
    try:
        one.sendall(UPGRADE)
        said = one.recv(4096)
    except ConnectionError:
        said = b""
    status = int(said[9:12]) if said else 0
    if status != 101:
        one.close()
    return status, one


def get(url):
    try:
        with urllib.request.urlopen(url, timeout=WITHIN) as page:
            return page.status, page.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


async def at_the_limit(command, tls):
    environment = {"PLUMB_WS_ADMIN_PORT": "0", "PLUMB_LOG": "info"}
    async with Limited(FEW, FEW, command, tls, environment) as server:
        await seen(server, "admin on http")
        admin = re.search(r"admin on (http\S+)", server.said()).group(1)
        async with websockets.connect(server.url(), ssl=server.tls) as before:
            taken = []
            while True:
                status, one = answer(server)
                if status != 101:
                    break
                taken.append(one)
                expect(len(taken) < FEW, True, "a limit")
            expect(status, 503, "who comes too late is told")
            # Who says nothing holds what refusals need: then they are closed.
            silent = [socket.create_connection(("localhost", server.port))
                      for _ in range(3 * FEW)]
            await seen(server, "the process has opened nearly as many files as it may")
            await before.send("echo served")
            expect(await asyncio.wait_for(before.recv(), WITHIN), "served",
                   "who was there before")
            expect(get(admin + "/readyz")[0], 503, "ready at the limit")
            expect(get(admin + "/healthz")[0], 200, "healthy at the limit")
            refused = int(re.search(
                r'plumb_handshake_failures_total\{reason="descriptors"\} (\d+)',
                get(admin + "/metrics")[1]).group(1))
            expect(refused > FEW, True, f"{refused} refusals counted")
            if tls:
                server.process.send_signal(signal.SIGHUP)
                await seen(server, "read the certificates again")
            expect("cannot accept" in server.said(), False, "the listener waits")
            for one in silent + taken:
                one.close()
            while get(admin + "/readyz")[0] != 200:
                await asyncio.sleep(0.02)  # a poll of a condition
            status, one = answer(server)
            expect(status, 101, "a client after the crowd")
            one.close()
            lines = server.said().count("nearly as many files")
            expect(lines, 1, "lines about it")
        expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")


async def at_the_start(command):
    async with Limited(FEW, 1000, command,
                       environment={"PLUMB_WS_MAX_CONNECTIONS": "5000"}) as server:
        expect(now(server), (1000, 1000), "the limits of a server")
        said = re.search(r"warning: max_connections is 5000, but the process may open "
                         r"only 1000 files, which is enough for (\d+) connections; .*",
                         server.said())
        expect(said is not None, True, "a warning")
        expect(800 < int(said.group(1)) < 900, True, said.group(0))
    async with Limited(FEW, 1000, command,
                       environment={"PLUMB_WS_MAX_CONNECTIONS": "800"}) as server:
        expect("max_connections" in server.said(), False, "a warning without a reason")


async def changed_meanwhile(command):
    async with Limited(FEW, 4 * FEW, command) as server:
        files = f"/proc/{server.process.pid}/fd"
        before = len(os.listdir(files))
        # A shard learns of the higher limit when it looks again: the last round is
        # repeated until all are taken.
        rounds = [(FEW, 503), (4 * FEW, 101)]
        for soft, wanted in rounds:
            resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE,
                             (soft, 4 * FEW))
            taken = []
            for _ in range(2 * FEW):
                one = socket.create_connection(("localhost", server.port))
                one.sendall(UPGRADE)
                taken.append(one)
            if wanted == 503:  # It learns of the lower limit when it is reached.
                await seen(server, "cannot accept connections for now")
            statuses = set()
            for one in taken:
                one.settimeout(WITHIN if wanted == 101 else 0.1)
                try:
                    statuses.add(one.recv(4096)[9:12])
                except (TimeoutError, ConnectionError):
                    pass  # Not accepted, or closed at once.
            expect(statuses <= {b"101", b"503", b""}, True, statuses)
            if wanted == 101 and statuses != {b"101"}:
                rounds.append((soft, wanted))
            for one in taken:
                one.close()
            # Polls of conditions: all have been accepted, then all are gone.
            while True:
                status, one = answer(server)
                if status == 101:
                    one.close()
                    break
            while len(os.listdir(files)) > before:
                await asyncio.sleep(0.02)


async def main():
    command = sys.argv[1:]
    await at_the_start(command)
    await changed_meanwhile(command)
    await at_the_limit(command, tls=False)
    await at_the_limit(command, tls=True)
    print("ok: descriptors")


run(main())

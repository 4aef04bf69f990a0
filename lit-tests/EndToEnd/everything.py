"""What everything.mlir answers, on python3-websockets.

usage: everything.py [--tls] [--log FILE] COMMAND...    (COMMAND takes the port)
With --log every intrinsic that was called is traced, and what the program said
is kept in the file.
"""
import argparse
import asyncio
import os
import signal
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from clients import HEADERS, Refused, status_of
from server import Server, expect, run, seen

WITHIN = 30  # seconds
INVALID, STALE, CLOSED, CERTIFICATE, TOO_LARGE = -3, -4, -100, -104, -105


class Peer:
    """async with Peer(server, name) as ada: ..."""

    def __init__(self, server, name, path="/", subprotocols=None, **headers):
        self.server, self.name = server, name
        self.subprotocols = subprotocols
        self.url, self.headers = server.url(path), headers

    async def __aenter__(self):
        self.socket = await websockets.connect(
            self.url, ssl=self.server.tls, open_timeout=WITHIN, close_timeout=5,
            ping_interval=None, **{HEADERS: self.headers},
            subprotocols=self.subprotocols)
        return self

    async def __aexit__(self, *_):
        try:
            await self.socket.close()
        except websockets.ConnectionClosed:
            pass

    async def named(self):
        await self.ask("put", "name", self.name, gets="0")
        return self

    async def send(self, *fields):
        await self.socket.send("|".join(fields))

    async def expect(self, wanted):
        got = await asyncio.wait_for(self.socket.recv(), WITHIN)
        expect(got, wanted, f"the next message to {self.name}")

    async def ask(self, verb, *fields, gets):
        await self.send(verb, *fields)
        await self.expect(f"{verb} {gets}")

    async def end(self):
        try:
            got = await asyncio.wait_for(self.socket.recv(), WITHIN)
        except websockets.ConnectionClosed as closed:
            return closed.code, closed.reason
        raise AssertionError(f"{self.name} should have been closed, got {got!r}")


async def about_a_connection(server):
    async with Peer(server, "ada", "/a%20path/b?who=l%C3%A9a%26co+x&empty=",
                    **{"X-Plumb-Test": "of the request"}) as ada:
        # As it was asked for; only the values of the query are decoded.
        await ada.ask("path", gets="/a%20path/b")
        await ada.ask("query", "who", gets="léa&co x")
        await ada.ask("query", "empty", gets="")
        await ada.ask("query", "absent", gets="")
        await ada.ask("header", "x-pLUMB-test", gets="of the request")
        await ada.ask("header", "X-Absent", gets="")
        host, port = ada.socket.local_address[:2]
        wanted = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        await ada.ask("remote", gets=wanted)
        await ada.ask("certificate", "subject", gets="")  # It was asked for none.
        await ada.ask("subprotocol", gets="")
        await ada.ask("put", "key", "ada's", gets="0")
        await ada.ask("by number", "key", gets="ada's")
        await ada.ask("variable", "EVERYTHING_SET", gets="välue 1")
        await ada.ask("variable", "EVERYTHING_EMPTY", gets="1")
        await ada.ask("variable", "EVERYTHING_MISSING", gets="nothing 0")
    async with Peer(server, "ada", subprotocols=["one", "two"]) as ada:
        await ada.ask("subprotocol", gets="two")
        expect(ada.socket.subprotocol, "two", "the subprotocol of the response")


async def the_store(server):
    async with Peer(server, "ada") as ada, Peer(server, "bob") as bob:
        await ada.ask("get", "key", gets="")
        await ada.ask("put", "key", "välue", gets="0")
        await ada.ask("get", "key", gets="välue")
        await bob.ask("get", "key", gets="")
        await ada.ask("put", "key", "another", gets="0")
        await ada.ask("get", "key", gets="another")
        await ada.ask("put", "large", "x" * 65536, gets=TOO_LARGE)
        await ada.ask("get", "large", gets="")
        await ada.ask("put", "key", "", gets="0")
        await ada.ask("get", "key", gets="")


async def rooms(server):
    async with Peer(server, "ada") as ada, Peer(server, "bob") as bob, \
               Peer(server, "eve") as eve:
        await ada.ask("count", "hall", gets=0)
        for number, peer in enumerate((ada, bob, eve), 1):
            await peer.ask("join", "hall", gets=0)
            await peer.ask("count", "hall", gets=number)
        await bob.ask("join", "hall", gets=0)  # once more: a member once
        await bob.ask("count", "hall", gets=3)
        await ada.send("all", "hall", "to all")
        for peer in (ada, bob, eve):
            await peer.expect("to all")
        await ada.expect("all 0")
        await bob.send("others", "hall", "to the others")
        await ada.expect("to the others")
        await eve.expect("to the others")
        await bob.expect("others 0")  # and not the message
        await eve.send("bytes", "hall")
        for peer in (ada, bob, eve):
            await peer.expect(b"\x00\xffplumb")
        await eve.expect("bytes 0")
        await bob.ask("leave", "hall", gets=0)
        await bob.ask("leave", "hall", gets=0)
        await bob.ask("count", "hall", gets=2)
        await ada.send("all", "hall", "without bob")
        for peer in (ada, eve):
            await peer.expect("without bob")
        await ada.expect("all 0")
        # Not a member, not left out: both members get it.
        await bob.send("others", "hall", "from outside")
        for peer in (ada, eve):
            await peer.expect("from outside")
        await bob.expect("others 0")
        await bob.ask("all", "nobody is in this room", "x", gets=0)
    await empty(server)


async def empty(server):
    """Waits until nobody is in the hall any more."""
    async with Peer(server, "janitor") as janitor:
        for _ in range(WITHIN * 50):
            await janitor.send("count", "hall")
            if await janitor.socket.recv() == "count 0":
                return
            await asyncio.sleep(0.02)  # a poll of a condition
    raise AssertionError("the hall does not become empty")


async def binary(server):
    async with Peer(server, "ada") as ada, Peer(server, "watch") as watch:
        await watch.ask("join", "watch", gets=0)
        for data in (b"", b"\x00\xff\xfe", bytes(range(256)) * 300):
            await ada.socket.send(data)
            await ada.expect(data)
            await watch.expect("binary 0")


async def close(server):
    async with Peer(server, "watch") as watch:
        await watch.ask("join", "watch", gets=0)
        # By the program: what it says afterwards is refused; then on_close has
        # the program's code and reason, and the connection is in no room.
        async with Peer(server, "ada") as ada, Peer(server, "bob") as bob:
            for peer in (ada, bob):
                await (await peer.named()).ask("join", "hall", gets=0)
            await ada.send("close", "4005", "that is enough, à demain")
            expect(await ada.end(), (4005, "that is enough, à demain"), "close")
            await watch.expect(f"close 0 {CLOSED} {CLOSED}")
            await watch.expect(
                f"closed ada 4005 [that is enough, à demain] {CLOSED} 1")
            # Codes that may not be sent; the connection stays as it is.
            for code in ("999", "1005", "1006", "1015", "5000", "70541"):
                await bob.send("close", code, "no")
                await bob.expect("too late")
                await watch.expect(f"close {INVALID} 0 0")
            await bob.send("close", "4000", "é" * 62)  # 124 bytes of reason
            await bob.expect("too late")
            await watch.expect(f"close {INVALID} 0 0")
            await bob.send("close", "1000", "x" * 123)
            expect(await bob.end(), (1000, "x" * 123), "close")
            await watch.expect(f"close 0 {CLOSED} {CLOSED}")
            await watch.expect(f"closed bob 1000 [{'x' * 123}] {CLOSED} 0")
        # By the peer.
        async with Peer(server, "eve") as eve:
            await (await eve.named()).ask("join", "hall", gets=0)
            await eve.socket.close(3999, "au revoir é")
            await watch.expect(f"closed eve 3999 [au revoir é] {CLOSED} 0")
            expect(eve.socket.close_code, 3999, "the code that comes back")
        async with Peer(server, "joe") as joe:
            await (await joe.named()).ask("join", "hall", gets=0)
            joe.socket.transport.abort()
            await watch.expect(f"closed joe 1006 [] {CLOSED} 0")
        async with Peer(server, "kim") as kim:
            await kim.named()
            kim.socket.transport.write(b"\x88\x80mask")  # a close without a code
            await watch.expect(f"closed kim 1005 [] {CLOSED} 0")
        async with Peer(server, "lou") as lou:
            await lou.named()
            lou.socket.transport.write(b"\x83\x80mask")  # no such opcode
            code, _ = await lou.end()
            expect(code, 1002, "a frame that breaks the protocol")
            got = await asyncio.wait_for(watch.socket.recv(), WITHIN)
            expect(got.startswith("closed lou 1002 ["), True, got)


async def before_it_is_open(server):
    async with Peer(server, "watch") as watch:
        await watch.ask("join", "watch", gets=0)
        try:
            async with Peer(server, "refused", "/refused"):
                raise AssertionError("/refused should have been refused")
        except Refused as answer:
            expect(status_of(answer), 403, "/refused")
        await watch.ask("count", "hall", gets=0)
        async with Peer(server, "early", "/early") as early:
            await early.expect("the first word")
            await early.expect("to the hall")
            await early.ask("count", "hall", gets=1)
        # And nothing of the one that was refused: it was never accepted.
        await watch.expect(f"closed  1000 [] {CLOSED} 0")
        async with Peer(server, "shut", "/shut") as shut:
            expect(await shut.end(), (4003, "not today"), "closed in on_connect")
            await watch.expect(f"closed  4003 [not today] {CLOSED} 0")


async def timers(server):
    async with Peer(server, "ada") as ada:
        await ada.ask("join", "clock", gets=0)
        await ada.ask("timers", gets=f"0 {STALE} {STALE}")
        ticks = []
        while ticks.count("tick 2") < 1 or ticks.count("tick 3") < 3:
            ticks.append(await asyncio.wait_for(ada.socket.recv(), WITHIN))
        expect(set(ticks), {"tick 2", "tick 3"}, "the timers that fire")
        expect(ticks.index("tick 3") < ticks.index("tick 2"), True,
               "a timer of 1 ms fires before one of 40 ms")
        # Many more turns later: once is once.
        while ticks.count("tick 3") < 60:
            ticks.append(await asyncio.wait_for(ada.socket.recv(), WITHIN))
        expect(ticks.count("tick 2"), 1, "times that time.after fires")
        before = time.time()
        await ada.send("leave", "clock")
        while (got := await ada.socket.recv()) != "leave 0":
            expect(got, "tick 3", "a timer")
        await ada.send("now")
        now = int((await ada.socket.recv()).removeprefix("now ")) / 1000
        expect(before - 0.01 <= now <= time.time() + 0.01, True, "time.now")


async def texts_and_log(server):
    async with Peer(server, "ada") as ada:
        await ada.ask("text", "plumb line", "line", gets="10 1 0 lum")
        await ada.ask("text", "plumb line", "plumb", gets="10 1 1 lum")
        await ada.ask("text", "plumb line", "bob", gets="10 0 0 lum")
        await ada.ask("text", "aéééé", "é", gets="9 1 0 é")  # never half an é
        await ada.ask("log", gets=f"0 0 0 0 {INVALID}")
        await ada.ask("null", "x", gets=STALE)
    for level, wanted in (("debug", server.debug), ("info", True),
                          ("warning", True), ("error", True)):
        expect(f"{level}: told at level {level}\n" in server.said(), wanted,
               f"level {level} in the log")
    expect("told at no level" in server.said(), False, "a level there is not")


async def pages(server):
    def get():
        url = server.url("/data", scheme="http")
        with urllib.request.urlopen(url, timeout=WITHIN,
                                    context=server.tls) as answer:
            return answer.headers["Content-Type"], answer.read()

    loop = asyncio.get_running_loop()
    expect(await loop.run_in_executor(None, get), ("text/plain", b"the first"),
           "GET /data")
    async with Peer(server, "ada") as ada:
        await ada.ask("page", gets=f"0 {INVALID}")
    expect(await loop.run_in_executor(None, get),
           ("application/octet-stream", b"\x01the second\x00"), "GET /data")


async def certificates(server):
    async with Peer(server, "ada") as ada:
        await ada.ask("certificates", gets=f"{INVALID} {CERTIFICATE} 0")
    expect("named 0\n" in server.said(), bool(server.tls), "a named certificate")
    expect(server.said().count("read the certificates again (2)"),
           1 if server.tls else 0, "the server's certificate and a named one")


async def stop(server):
    async with Peer(server, "ada") as ada, Peer(server, "bob") as bob:
        for peer in (ada, bob):
            await peer.named()
        await ada.send("stop")
        for peer in (ada, bob):
            code, _ = await peer.end()
            expect(code, 1001, "a server that stops goes away")
    # The server's endless timer goes on in time.run, which a signal ends.
    await seen(server, "timer 2\n")
    expect(await server.stopped_by(signal.SIGTERM), 0,
           "the program's exit status")
    lines = server.said().splitlines()
    expect([line for line in lines if line in (
        "timer 1", "served 0", "timer 2", "ran 0")],
        ["timer 1", "served 0", "timer 2", "ran 0"], "the order in main")
    for name in ("ada", "bob"):
        expect(sum(line.startswith(f"closed {name} 1001 ") for line in lines), 1,
               f"on_close calls when the server stops, for {name}")
    for name in ("ada 4005", "bob 1000", "eve 3999", "joe 1006", "kim 1005",
                 "lou 1002"):
        expect(sum(line.startswith(f"closed {name} ") for line in lines), 1,
               f"on_close calls for {name}")


STEPS = [about_a_connection, the_store, rooms, binary, close, before_it_is_open,
         timers, texts_and_log, pages, certificates, stop]


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--log")
    parser.add_argument("command", nargs="+")
    options = parser.parse_args()
    environment = {"PLUMB_LOG": "debug" if options.tls else "info",
                   "PLUMB_WS_SUBPROTOCOLS": "three, two, one",
                   "EVERYTHING_SET": "välue", "EVERYTHING_EMPTY": ""}
    if options.log:
        environment["PLUMB_TRACE"] = "1"
    async with Server(options.command, options.tls, environment) as server:
        server.debug = options.tls
        for step in STEPS:
            await step(server)
            print(f"ok: {step.__name__}", flush=True)
        if options.log:
            with open(options.log, "w") as file:
                file.write(server.said())


run(main())

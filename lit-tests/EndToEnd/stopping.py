"""How a program that serves comes to its end.

usage: stopping.py [--tls] COMMAND...    (COMMAND takes PORT [--tls CERT KEY])
"""
import asyncio
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, expect, run, seen

WITHIN = 60  # seconds
PEERS = 200
MINUTES = str(10 * 60 * 1000)


async def peers(server, count=PEERS):
    async def one():
        return await websockets.connect(server.url(), ssl=server.tls,
                                        open_timeout=WITHIN, ping_interval=None)

    found = []
    for _ in range(0, count, 20):  # a backlog is no subject of this test
        found += await asyncio.gather(*(one() for _ in range(20)))
    return found


async def echo(peer):
    await peer.send("echo served")
    expect(await asyncio.wait_for(peer.recv(), WITHIN), "served", "echo")


async def refused(server):
    try:
        await websockets.connect(server.url(), ssl=server.tls, open_timeout=WITHIN)
    except OSError:
        return
    raise AssertionError("a connection to a server that stops")


async def one_after_the_other(command, tls):
    """Between two closes others are served: more than one turn apart. Then a
    second signal."""
    environment = {"PLUMB_WS_DRAIN_WINDOW_MS": str(PEERS * 300),
                   "PLUMB_WS_DRAIN_TIMEOUT_MS": MINUTES}
    async with Server(command, tls, environment) as server:
        clients = await peers(server)
        server.process.send_signal(signal.SIGTERM)
        await seen(server, f"plumb: stopping ({PEERS} connections)")
        await refused(server)
        ends = {asyncio.create_task(client.wait_closed()): client
                for client in clients}
        gone = turns = 0
        while turns < 5:
            done, _ = await asyncio.wait(ends, timeout=WITHIN,
                                         return_when=asyncio.FIRST_COMPLETED)
            expect(bool(done), True, "another close")
            for end in done:
                expect(ends.pop(end).close_code, 1001, "a close in the window")
            gone, turns = gone + len(done), turns + 1
            # The youngest connection has the last turn.
            await echo(clients[-1])
        expect(gone < PEERS // 2, True, f"{gone} are gone after {turns} turns")
        expect(await server.stopped_by(signal.SIGTERM), -signal.SIGTERM,
               "the exit status after a second signal")
        for end, client in ends.items():
            await asyncio.wait_for(end, WITHIN)
            expect(client.close_code in (1006, 1001), True, "a close after it")


async def to_the_end(command, tls):
    """All of them, and what was queued."""
    environment = {"PLUMB_WS_DRAIN_WINDOW_MS": "200"}
    async with Server(command, tls, environment) as server:
        clients = await peers(server)
        for client in clients:
            await client.send("join all")
        await asyncio.gather(*map(echo, clients))
        words = ["last words " + "x" * 20000, *map(str, range(50))]
        for word in words:
            await clients[0].send("say " + word)
        await clients[0].send("echo said")
        # The last word is queued to all before the signal.
        got = []
        while not got or got[-1] != "said":
            got.append(await asyncio.wait_for(clients[0].recv(), WITHIN))
        ending = asyncio.create_task(server.stopped_by(signal.SIGTERM))
        for client in clients[1:]:
            for word in words:
                expect(await asyncio.wait_for(client.recv(), WITHIN), word, "a word")
        for client in clients:
            await asyncio.wait_for(client.wait_closed(), WITHIN)
            expect(client.close_code, 1001, "close code")
        expect(await ending, 0, "exit status")


async def interrupted(command, tls):
    environment = {"PLUMB_WS_DRAIN_WINDOW_MS": MINUTES,
                   "PLUMB_WS_DRAIN_TIMEOUT_MS": MINUTES}
    async with Server(command, tls, environment) as server:
        clients = await peers(server, 20)
        ending = asyncio.create_task(server.stopped_by(signal.SIGINT))
        for client in clients:
            await asyncio.wait_for(client.wait_closed(), WITHIN)
            expect(client.close_code, 1001, "close code at SIGINT")
        expect(await ending, 0, "exit status at SIGINT")


async def main():
    command = sys.argv[1:]
    tls = command[0] == "--tls"
    command = command[tls:]
    await one_after_the_other(command, tls)
    await to_the_end(command, tls)
    await interrupted(command, tls)
    print("ok: stopping", flush=True)


run(main())

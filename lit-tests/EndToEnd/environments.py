"""What the callbacks of environments.mlir are called with, and when it is released.

usage: environments.py COMMAND...
"""
import asyncio
import os
import re
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, expect, run

WITHIN = 60  # seconds


async def port_of(server, number):
    """Of the server that is the number-th of the process, from 0."""
    for _ in range(WITHIN * 50):
        ports = re.findall(r"plumb: listening on ws://\S+:(\d+)\s", server.said())
        if len(ports) > number:
            return ports[number]
        await asyncio.sleep(0.02)  # a poll of a condition, not a guess
    raise AssertionError(f"server {number} never listened")


async def ask_both(server, index, number):
    url = f"ws://127.0.0.1:{await port_of(server, index)}"
    async with websockets.connect(url) as one, websockets.connect(url) as two:
        for client in (one, two):
            await client.send("hello")
            got = [await asyncio.wait_for(client.recv(), WITHIN) for _ in range(2)]
            expect(got, [f"server {number}", f"timer {number + 1000}"], "an answer")
        # The second timer is for both.
        expect(await asyncio.wait_for(one.recv(), WITHIN), f"timer {number + 1000}",
               "a timer")
        await one.send("stop")
        for client in (one, two):
            await asyncio.wait_for(client.wait_closed(), WITHIN)


async def main():
    async with Server(sys.argv[1:]) as server:
        await ask_both(server, 0, 41)
        await ask_both(server, 1, 42)
        code = await asyncio.get_running_loop().run_in_executor(
            None, lambda: server.process.wait(timeout=WITHIN))
        expect(code, 0, "exit status")
        said = [line for line in server.said().splitlines()
                if re.match("closed|released|served", line)]
        wanted = []
        for number in (41, 42):
            wanted += ([f"released {number + 1000}"] * 2 + [f"closed by {number}"] * 2 +
                       [f"released {number}"] * 2 + ["served 0"])
        expect(said, wanted, "what it said")
    print("ok: environments", flush=True)


run(main())

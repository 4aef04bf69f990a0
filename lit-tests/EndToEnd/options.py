"""That a server keeps to the options of its program, and an operator's word wins.

usage: options.py COMMAND...
"""
import asyncio
import os
import re
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, expect, run

WITHIN = 60  # seconds


async def longest(server, size):
    """That a message of `size` bytes is echoed and one more is refused."""
    async with websockets.connect(f"ws://127.0.0.1:{server.port}") as client:
        await client.send("x" * size)
        expect(len(await asyncio.wait_for(client.recv(), WITHIN)), size, "echo")
        await client.send("x" * (size + 1))
        await asyncio.wait_for(client.wait_closed(), WITHIN)
        expect(client.close_code, 1009, "a message that is too long")


async def main():
    command = sys.argv[1:]
    async with Server(command) as server:
        expect(bool(re.search(r"ws://127\.0\.0\.1:\d+ \(2 shards\)",
                              server.said())), True, "the address and shards")
        await longest(server, 100)
        expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")
    async with Server(command, environment={"PLUMB_WS_MAX_MESSAGE": "200",
                                            "PLUMB_WS_SHARDS": "1"}) as server:
        expect("(2 shards)" in server.said(), False, "the shards")
        await longest(server, 200)
    print("ok: options", flush=True)


run(main())

"""usage: shout_client.py COMMAND...: serves, speaks and is shouted at."""
import asyncio
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../EndToEnd/support"))
import websockets
from server import Server, expect, run


async def main():
    async with Server(sys.argv[1:]) as server:
        async with websockets.connect(server.url()) as client:
            await client.send("from record to wire")
            answer = await asyncio.wait_for(client.recv(), 30)
            expect(answer, "FROM RECORD TO WIRE", "the new intrinsic's message")


run(main())

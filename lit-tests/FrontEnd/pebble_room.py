"""Talks to room.pebble with python3-websockets: two members hear each other.

usage: pebble_room.py COMMAND...
"""
import asyncio
import os
import signal
import sys

import websockets

sys.path.insert(0, os.path.join(os.path.dirname(__file__),
                                "../EndToEnd/support"))
from server import Server, expect, run

ANSWERS_WITHIN = 30


async def hears(socket, text):
    got = await asyncio.wait_for(socket.recv(), ANSWERS_WITHIN)
    expect(got, text, "the next message")


async def main():
    async with Server(sys.argv[1:]) as server:
        async with websockets.connect(server.url()) as ada, \
                websockets.connect(server.url()) as bob:
            await ada.send("hello")
            await hears(ada, "welcome, member 1")
            await bob.send("hello")
            await hears(ada, "welcome, member 2")
            await hears(bob, "welcome, member 2")
            await bob.send("good morning")
            await hears(ada, "good morning")
            await hears(bob, "good morning")
            await ada.send("who")
            await hears(ada, "2")
            await bob.send("bye")
            await bob.send("who")  # answered once "bye" has been heeded
            await hears(bob, "1")
            await ada.send("who")
            await hears(ada, "1")
            await bob.close(4321)
            await hears(ada, "somebody left, 4321")
        expect(await server.stopped_by(signal.SIGTERM), 0, "the exit status")


run(main())

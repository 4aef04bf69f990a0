"""A chat client on python3-websockets: fields between tabs, in and out."""
import asyncio
import urllib.parse

import websockets

from server import expect

ANSWERS_WITHIN = 30  # seconds


class Person:
    """async with Person(server, name, room) as ada: ..."""

    def __init__(self, server, name, room=None):
        query = {"name": name, **({"room": room} if room else {})}
        self.url = server.url("/?" + urllib.parse.urlencode(query))
        self.tls, self.name, self.room = server.tls, name, room

    async def __aenter__(self):
        self.socket = await websockets.connect(
            self.url, ssl=self.tls, open_timeout=ANSWERS_WITHIN, close_timeout=5,
            ping_interval=None)
        await self.send("hello")
        await self.expect("welcome", self.name)
        if self.room:
            self.count = int((await self.receive("here", self.room))[2])
        return self

    async def __aexit__(self, *_):
        try:
            await self.socket.close()
        except websockets.ConnectionClosed:
            pass  # a test ended it already

    async def send(self, *fields):
        await self.socket.send("\t".join(fields))

    async def next(self):
        return await asyncio.wait_for(self.socket.recv(), ANSWERS_WITHIN)

    async def receive(self, *front):
        """The next message, which must begin with these fields."""
        fields = (await self.next()).split("\t")
        expect(fields[:len(front)], list(front), f"the next message to {self.name}")
        return fields

    async def expect(self, *fields):
        """The next message must be exactly these fields."""
        expect((await self.next()).split("\t"), list(fields),
               f"the next message to {self.name}")

    async def end(self):
        """Waits for the server's close: (code, reason)."""
        try:
            message = await self.next()
        except websockets.ConnectionClosed as closed:
            return closed.code, closed.reason
        raise AssertionError(f"{self.name} should have been closed, got {message!r}")

"""Handlers that fail, of a compiled program: only their own connection ends.

usage: failing.py COMMAND...      (COMMAND takes the port)
"""
import asyncio
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from clients import Refused, status_of
from server import Server, expect, run, seen

WITHIN = 60  # seconds
WAYS = {
    "abort": "told to",
    "divide": "division by zero at failing.mlir:12:5",
    "overflow": "overflow in a division at failing.mlir:12:5",
    "assert": "assertion failed: it was so at failing.mlir:",
    "raw": "division by zero, or a division that overflows",
}


async def get(client):
    return await asyncio.wait_for(client.recv(), WITHIN)


def connect(server, query=""):
    return websockets.connect(server.url("/" + query), ssl=server.tls)


async def closed(client):
    """The code and the reason that the server closed with."""
    try:
        while True:
            await get(client)
    except websockets.ConnectionClosed as end:
        return end.rcvd.code, end.rcvd.reason


async def messages(server):
    async with connect(server) as other:
        for way, why in WAYS.items():
            async with connect(server) as one:
                await one.send(way)
                expect(await get(other), way, "what was sent before stays")
                expect(await closed(one), (1011, "internal error"), way)
            expect(await get(other), "closed 1011", f"on_close after {way}")
            await seen(server, "plumb: error: on_message failed for 127.0.0.1:")
            await seen(server, f" (/): {why}")
            await other.send("hello")
            expect(await get(other), "hello", "the other member")
            expect(await get(other), "5", "the other member's answer")


async def connects(server):
    for way in WAYS:
        try:
            async with connect(server, f"?connect={way}"):
                raise AssertionError(f"{way}: connected")
        except Refused as refused:
            expect(status_of(refused), 500, way)
    await seen(server, "on_connect failed for 127.0.0.1:")


async def closes(server):
    async with connect(server) as other:
        for way in WAYS:
            async with connect(server, f"?close={way}"):
                pass
            expect(await get(other), "closed 1000", way)
    await seen(server, "on_close failed for 127.0.0.1:")


async def main():
    arguments = sys.argv[1:]
    for shards in ("1", "3"):
        async with Server(arguments, False,
                          {"PLUMB_WS_SHARDS": shards,
                           "PLUMB_WS_BIND": "127.0.0.1"}) as server:
            await messages(server)
            await connects(server)
            await closes(server)
            # Each on_close once: nothing more has come.
            expect(server.said().count("on_message failed"), len(WAYS), "lines")


run(main())

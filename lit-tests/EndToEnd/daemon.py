"""A program that is started as daemons are serves and ends like any other.

usage: daemon.py COMMAND...      (COMMAND takes the port)
"""
import asyncio
import os
import signal
import socket
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import expect, heed_interrupts, run

WITHIN = 60


def closed():
    for fd in range(3):
        os.close(fd)


def ignoring():
    heed_interrupts()
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)


def blocking():
    heed_interrupts()
    signal.pthread_sigmask(signal.SIG_BLOCK,
                           {signal.SIGTERM, signal.SIGINT, signal.SIGPIPE})


async def connected(url):
    while True:
        try:
            return await websockets.connect(url)
        except OSError:
            await asyncio.sleep(0.02)  # a poll of a condition, not a guess


async def starts(way):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # Not Popen: it would put descriptors in the place of those that are closed.
    process = os.fork()
    if process == 0:
        try:
            way()
            os.environ.update(PLUMB_LOG="debug", PLUMB_WS_BIND="127.0.0.1")
            os.execv(sys.argv[1], [*sys.argv[1:], str(port)])
        finally:
            os._exit(99)
    status = None
    try:
        url = f"ws://127.0.0.1:{port}/"
        # A line of the log in somebody's connection would end it.
        clients = [await asyncio.wait_for(connected(url), WITHIN)
                   for _ in range(5)]
        await clients.pop().close()
        for client in clients:
            await client.send("echo served")
            expect(await asyncio.wait_for(client.recv(), WITHIN), "served",
                   way.__name__)
        os.kill(process, signal.SIGTERM)
        for client in clients:
            await asyncio.wait_for(client.wait_closed(), WITHIN)
            expect(client.close_code, 1001, way.__name__)
        _, status = await asyncio.wait_for(
            asyncio.to_thread(os.waitpid, process, 0), WITHIN)
        expect(status, 0, f"{way.__name__}: the exit status")
    finally:
        if status is None:
            os.kill(process, signal.SIGKILL)


async def main():
    for way in (closed, ignoring, blocking):
        await starts(way)
    print("ok: daemon")


run(main())

"""A server whose standard error is a pipe that is full from the start.

usage: log_unread.py COMMAND...      (COMMAND takes the port)
"""
import asyncio
import os
import signal
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from ports import listening_port
from server import expect, heed_interrupts, run

WITHIN = 60
# With debug lines, of a path of 2000 bytes each, more than may wait in memory.
TIMES = 600
PATH = "x" * 2000


def full_pipe():
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    try:
        while True:
            os.write(writing, b"x" * 4096)
    except BlockingIOError:
        os.set_blocking(writing, True)
    return reading, writing


async def port_of(process):
    while (port := listening_port(process.pid)) is None:
        expect(process.poll(), None, "the exit status at the start")
        await asyncio.sleep(0.02)  # a poll of a condition, not a guess
    return port


async def main():
    reading, writing = full_pipe()
    process = subprocess.Popen(
        [*sys.argv[1:], "0"], stderr=writing, stdout=subprocess.DEVNULL,
        env={**os.environ, "PLUMB_LOG": "debug", "PLUMB_WS_BIND": "127.0.0.1"},
        preexec_fn=heed_interrupts)
    try:
        port = await asyncio.wait_for(port_of(process), WITHIN)
        url = f"ws://127.0.0.1:{port}/"
        good = await asyncio.wait_for(websockets.connect(url), WITHIN)
        for _ in range(TIMES):
            async with websockets.connect(url + PATH):
                pass
        await good.send("echo served")
        expect(await asyncio.wait_for(good.recv(), WITHIN), "served", "an echo")
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(good.wait_closed(), WITHIN)
        status = await asyncio.to_thread(lambda: process.wait(WITHIN))
        expect(status, 0, "the exit status")
    finally:
        process.kill()
        process.wait()
        os.close(reading)
        os.close(writing)
    print("ok: log unread")


run(main())

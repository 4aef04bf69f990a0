"""Handlers that fail again and again: a few lines, and a number of the others.

usage: log_gates.py COMMAND...      (COMMAND takes the port)
"""
import asyncio
import os
import re
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, expect, run, seen

TIMES = 300
LINES, WINDOW = 10, 10  # of a gate; seconds
WITHIN = 60


async def fail(server):
    async with websockets.connect(server.url()) as one:
        await one.send("abort")
        await asyncio.wait_for(one.wait_closed(), WITHIN)
        expect(one.close_code, 1011, "the close code")


async def main():
    environment = {"PLUMB_WS_ADMIN_PORT": "0", "PLUMB_LOG": "info"}
    async with Server(sys.argv[1:], environment=environment) as server:
        await seen(server, "admin on http")
        admin = re.search(r"admin on (http\S+)", server.said()).group(1)
        begin = time.monotonic()
        for _ in range(TIMES):
            await fail(server)
        windows = 2 + int((time.monotonic() - begin) / WINDOW)
        metrics = urllib.request.urlopen(admin + "/metrics", timeout=WITHIN).read()
        lines = server.said().count("on_message failed")
        expect(0 < lines <= LINES * windows, True, f"{lines} lines")
        kept = int(re.search(rb'log_lines_dropped_total\{reason="gated"\} (\d+)',
                             metrics).group(1))
        expect(lines + kept, TIMES, "lines, and lines kept back")
    print("ok: log gates")


run(main())

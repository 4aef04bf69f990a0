"""Every line of the log is one JSON object, with the message as it was given.

usage: log.py COMMAND...
"""
import asyncio
import json
import os
import re
import signal
import sys
import unicodedata
import urllib.request

import websockets

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
from server import expect, heed_interrupts, run

NASTY = ('first\n{"level":"error"}\r\x1b[2J\x00"quoted" \\ back\x7f\u0085 '
         'Zo\u00eb \u20ac \U0001f600 }')
ARGUMENT = NASTY.replace("\0", "")  # No argument has one.


async def lines_until(stream, good):
    """The lines up to the first one that is `good`, each parsed."""
    lines = []
    while not lines or not good(lines[-1]):
        line = await stream.readline()
        assert line.endswith(b"\n"), f"the log ended after {lines}"
        bad = [hex(ord(c)) for c in line.decode()[:-1] if unseen(c)]
        expect(bad, [], "what a reader does not see")
        parsed = json.loads(line, object_pairs_hook=unique)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z",
                            parsed["time"]), parsed
        assert parsed["level"] in ("debug", "info", "warning", "error"), parsed
        assert parsed["logger"] in ("plumb", "program"), parsed
        lines.append(parsed)
    return lines


def unseen(character):
    """By a database of Unicode that is not ours."""
    return unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp", "Cs")


def every_character():
    """All of Unicode that UTF-8 can carry, in messages of 16384."""
    points = [p for p in range(0x110000) if not 0xd800 <= p < 0xe000]
    for begin in range(0, len(points), 16384):
        yield "".join(map(chr, points[begin:begin + 16384]))


def unique(pairs):
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), keys
    return dict(pairs)


def says(part):
    return lambda line: part in line["message"]


async def main(command):
    environment = {**os.environ, "PLUMB_LOG": "debug", "PLUMB_LOG_FORMAT": "json",
                   "PLUMB_WS_BIND": "127.0.0.1", "PLUMB_WS_ADMIN_PORT": "0"}
    process = await asyncio.create_subprocess_exec(
        *command, ARGUMENT, env=environment, stderr=asyncio.subprocess.PIPE,
        limit=1 << 22, preexec_fn=heed_interrupts)
    try:
        log = process.stderr
        lines = await lines_until(log, says("listening on ws://"))
        program = [line for line in lines if line["logger"] == "program"]
        expect([(line["level"], line["message"]) for line in program],
               [("info", ARGUMENT)], "the program's line")
        port = re.search(r":(\d+) \(", lines[-1]["message"]).group(1)
        admin = (await lines_until(log, says("admin on http")))[-1]["message"]
        admin = admin[admin.index("http"):]

        async with websockets.connect(f"ws://127.0.0.1:{port}/a=b?c") as peer:
            await peer.send(NASTY)
            said = (await lines_until(log, lambda l: l["logger"] == "program"))[-1]
            expect((said["level"], said["message"]), ("warning", NASTY), "a message")
            for text in every_character():
                await peer.send(text)
                said = (await lines_until(log, lambda l: l["logger"] == "program"))
                expect(said[-1]["message"] == text, True, "a message of all there is")
            host, local = peer.local_address[:2]
            await peer.close(4000, 'a\nb"},{"x":1')
        closed = (await lines_until(log, says("connection closed")))[-1]
        expect({key: closed.get(key) for key in ("code", "reason", "path", "remote")},
               {"code": 4000, "reason": 'a\nb"},{"x":1', "path": "/a=b",
                "remote": f"{host}:{local}"}, "a close")
        assert re.fullmatch(r"\d+\.\d+\.\d+", closed["connection"]), closed

        for path in ("/healthz", "/readyz"):
            body = await asyncio.to_thread(
                lambda: urllib.request.urlopen(admin + path, timeout=60).read())
            expect(body, b"ok\n", path)
        metrics = await asyncio.to_thread(
            lambda: urllib.request.urlopen(admin + "/metrics", timeout=60).read())
        assert b'plumb_connections_closed_total{code="4xxx"} 1\n' in metrics, metrics

        process.send_signal(signal.SIGTERM)
        rest = (await log.read()).decode().splitlines()
        for line in rest:
            json.loads(line, object_pairs_hook=unique)
        expect(await process.wait(), 0, "the exit status")
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


run(main(sys.argv[1:]))

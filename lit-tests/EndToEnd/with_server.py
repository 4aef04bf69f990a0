"""Starts a program, runs a client against it, and hands back its exit status.

usage: with_server.py [--tls] COMMAND... -- CLIENT...
The client finds the address in PLUMB_URL, its port in PLUMB_PORT, the server's
process in PLUMB_PID, and the certificate to trust in PLUMB_CA.
"""
import asyncio
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
from server import Server, expect, run

CLIENT_LASTS = 120


async def main():
    arguments = sys.argv[1:]
    tls = arguments[0] == "--tls"
    if tls:
        arguments = arguments[1:]
    # The last one: the command may have a "--" of its own.
    end = len(arguments) - 1 - arguments[::-1].index("--")
    async with Server(arguments[:end], tls) as server:
        environment = {**os.environ, "PLUMB_URL": server.url(),
                       "PLUMB_PORT": str(server.port),
                       "PLUMB_PID": str(server.process.pid)}
        if tls:
            environment["PLUMB_CA"] = server.certificate
        client = await asyncio.create_subprocess_exec(
            *arguments[end + 1:], env=environment, start_new_session=True)
        try:
            status = await asyncio.wait_for(client.wait(), CLIENT_LASTS)
        finally:
            if client.returncode is None:
                os.killpg(client.pid, signal.SIGKILL)
        expect(status, 0, "the client's exit status")


run(main())

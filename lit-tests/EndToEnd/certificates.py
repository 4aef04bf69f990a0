"""Certificates that change while a program serves.

usage: certificates.py COMMAND...    (COMMAND takes PORT [--tls CERTIFICATE KEY])
"""
import asyncio
import os
import shutil
import signal
import ssl
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, certificate, expect, run, seen

WITHIN = 60  # seconds


def shown(server):
    return ssl.get_server_certificate(("127.0.0.1", server.port), timeout=WITHIN)


async def renewed(command):
    with tempfile.TemporaryDirectory() as folder:
        new_cert, new_key = certificate(folder)
        with open(new_cert) as file:
            new = file.read()
        async with Server(command, tls=True) as server:
            key = os.path.join(server.folder.name, "key.pem")
            old = shown(server)
            async with websockets.connect(server.url(), ssl=server.tls) as client:
                # A key without its certificate, as a careless script has it.
                shutil.copy(new_key, key)
                server.process.send_signal(signal.SIGHUP)
                await seen(server, "the server's old certificate stays")
                expect(f"plumb: error: the private key file '{key}' does not "
                       "belong to" in server.said(), True, "the reason")
                expect(shown(server), old, "the certificate after a bad one")
                shutil.copy(new_cert, server.certificate)
                server.process.send_signal(signal.SIGHUP)
                await seen(server, "read the certificates again (1)")
                expect(shown(server), new, "the certificate after a good one")
                await client.send("echo as before")
                expect(await asyncio.wait_for(client.recv(), WITHIN), "as before",
                       "a connection that was open")
            expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")


async def plain(command):
    # Without TLS a hangup does what it does to any program.
    async with Server(command) as server:
        expect(await server.stopped_by(signal.SIGHUP), -signal.SIGHUP,
               "how a plain server ends at a hangup")


async def main():
    command = sys.argv[1:]
    await renewed(command)
    await plain(command)
    print("ok: certificates", flush=True)


run(main())

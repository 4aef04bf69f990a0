"""What keeps a server from starting, and how it ends.

usage: errors.py COMMAND...    (COMMAND takes PORT [--tls CERTIFICATE KEY])
"""
import asyncio
import os
import re
import signal
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, certificate, expect, run

WITHIN = 60  # seconds


def refused(command, arguments, environment, *parts):
    """The program ends with 1, and one line on stderr has all the parts."""
    done = subprocess.run([*command, *arguments], stdin=subprocess.DEVNULL,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                          text=True, timeout=WITHIN,
                          env={**os.environ, **environment})
    lines = [line for line in done.stderr.splitlines()
             if line.startswith("plumb: error: ")]
    told = " ".join([*arguments, *(f"{k}={v}" for k, v in environment.items())])
    expect(done.returncode, 1, f"exit status for {told}; stderr: {done.stderr}")
    expect(len(lines), 1, f"errors for {told}: {lines}")
    for part in parts:
        if part not in lines[0]:
            raise AssertionError(f"for {told}: {part!r} is not in {lines[0]!r}")
    if "listening on" in done.stderr:
        raise AssertionError(f"for {told}: listened nevertheless")


async def port_in_use(command):
    # Two of ours could share a port with SO_REUSEPORT: they must not.
    for shards in ("1", "3"):
        async with Server(command, environment={"PLUMB_WS_SHARDS": shards}) as first:
            for environment in ({}, {"PLUMB_WS_SHARDS": "2"}):
                refused(command, [str(first.port)], environment,
                        f"cannot listen on port {first.port}: ",
                        "address already in use", "stop the other program or "
                        "choose another port")
            # It has done the first no harm.
            async with websockets.connect(first.url()) as client:
                await client.send("echo still here")
                expect(await asyncio.wait_for(client.recv(), WITHIN),
                       "still here", "echo")
    refused(command, ["0"], {"PLUMB_WS_BIND": "203.0.113.1"}, "203.0.113.1",
            "set PLUMB_WS_BIND to one that it has")


def openssl(*arguments):
    subprocess.run(["openssl", *arguments], check=True, timeout=WITHIN,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def certificates(command):
    with tempfile.TemporaryDirectory() as one, \
         tempfile.TemporaryDirectory() as another:
        cert, key = certificate(one)
        _, other_key = certificate(another)
        junk, absent = os.path.join(one, "junk"), os.path.join(one, "absent")
        with open(junk, "w") as file:
            file.write("neither a certificate nor a key\n")
        encrypted = os.path.join(one, "encrypted")
        openssl("pkey", "-in", key, "-aes128", "-passout", "pass:word",
                "-out", encrypted)
        rsa = os.path.join(one, "rsa")
        openssl("genrsa", "-out", rsa, "2048")

        def tls(cert, key, *parts):
            refused(command, ["0", "--tls", cert, key], {}, *parts)

        tls(junk, key, f"cannot use the certificate file '{junk}'",
            "no PEM block of that kind")
        tls(key, key, f"cannot use the certificate file '{key}'")
        tls(cert, junk, f"cannot use the private key file '{junk}'",
            "no PEM block of that kind")
        tls(cert, encrypted, f"'{encrypted}'", "without a passphrase")
        for wrong in (other_key, rsa):
            tls(cert, wrong, f"'{wrong}'", f"does not belong to the certificate "
                f"file '{cert}'", "use the key that the certificate was made for")
        tls(absent, key, f"cannot read the certificate file '{absent}'",
            "No such file")
        tls(cert, absent, f"cannot read the private key file '{absent}'",
            "No such file")


async def variables(command):
    for name, value, wanted in (
            ("PLUMB_WS_SHARDS", "two", "from 1 to 256"),
            ("PLUMB_WS_SHARDS", "0", "from 1 to 256"),
            ("PLUMB_WS_SHARDS", "", "from 1 to 256"),
            ("PLUMB_WS_MAX_MESSAGE", "64k", "whole number from 1 to"),
            ("PLUMB_WS_PING_INTERVAL_MS", "-1", "whole number from 0 to"),
            ("PLUMB_WS_MAX_QUEUE_BYTES", "9" * 20, "whole number from 1024 to"),
            ("PLUMB_WS_BIND", "not-an-address", "IPv4 or IPv6 address")):
        refused(command, ["0"], {name: value}, name, f"'{value}'", wanted)
    # A name that is no option is worth a warning, no more.
    async with Server(command, environment={"PLUMB_WS_SHARD": "2"}) as server:
        expect("warning: PLUMB_WS_SHARD is the name of no option" in server.said(),
               True, "a warning of the misspelt name")
        expect("PLUMB_WS_SHARDS" in server.said(), False, "a warning of others")


async def options_work(command):
    async with Server(command, environment={
            "PLUMB_WS_BIND": "127.0.0.1", "PLUMB_WS_MAX_MESSAGE": "100",
            "PLUMB_WS_SHARDS": "2"}) as server:
        found = re.search(r"listening on ws://127\.0\.0\.1:\d+ \(2 shards\)",
                          server.said())
        expect(bool(found), True, "the address and the shards in the log")
        url = server.url().replace("localhost", "127.0.0.1")
        async with websockets.connect(url) as client:
            await client.send("echo " + "x" * 95)
            expect(await asyncio.wait_for(client.recv(), WITHIN), "x" * 95, "echo")
            await client.send("echo " + "x" * 96)
            await asyncio.wait_for(client.wait_closed(), WITHIN)
            expect(client.close_code, 1009, "a message that is too long")


async def stopped(command):
    for number in (signal.SIGINT, signal.SIGTERM):
        for tls, shards in ((False, "1"), (True, "3")):
            environment = {"PLUMB_WS_SHARDS": shards}
            async with Server(command, tls, environment) as server:
                clients = [await websockets.connect(server.url(), ssl=server.tls)
                           for _ in range(8)]
                for client in clients:
                    await client.send("join all")
                    await client.send("echo in")
                    await client.recv()
                # What was sent before the signal still arrives.
                await clients[0].send("say last words")
                expect(await clients[0].recv(), "last words", "say")
                ending = asyncio.create_task(server.stopped_by(number))
                for client in clients[1:]:
                    expect(await asyncio.wait_for(client.recv(), WITHIN),
                           "last words", "say")
                for client in clients:
                    await asyncio.wait_for(client.wait_closed(), WITHIN)
                    expect(client.close_code, 1001, f"close code at {number}")
                expect(await ending, 0, f"exit status at {number}")


async def main():
    command = sys.argv[1:]
    await port_in_use(command)
    certificates(command)
    await variables(command)
    await options_work(command)
    await stopped(command)
    print("ok: errors", flush=True)


run(main())

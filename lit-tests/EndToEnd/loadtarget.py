"""The load target's commands and command line, on python3-websockets.

usage: loadtarget.py [--tls] COMMAND...      (COMMAND takes the port)
"""
import asyncio
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from server import Server, expect, run

WITHIN = 30


async def receive(client):
    return await asyncio.wait_for(client.recv(), WITHIN)


async def commands(server):
    async with websockets.connect(server.url(), ssl=server.tls) as one, \
               websockets.connect(server.url(), ssl=server.tls) as two:
        for client in (one, two):
            await client.send("join red")
            await client.send("echo joined")
            expect(await receive(client), "joined", "echo")
        await one.send("say to all of us")
        for client in (one, two):
            expect(await receive(client), "to all of us", "say")
        await one.send("say ")
        expect(await receive(two), "", "an empty payload")
        expect(await receive(one), "", "an empty payload")
        await two.send("join blue")  # which leaves the red room
        await two.send("say to blue")
        expect(await receive(two), "to blue", "say in the other room")
        await one.send("say to red")
        expect(await receive(one), "to red", "say in the first room")
        await two.send("echo nothing came before this")
        expect(await receive(two), "nothing came before this", "two left red")
        await two.send("also red")
        await two.send("echo joined")
        expect(await receive(two), "joined", "echo")
        await one.send("say to both rooms of two")
        expect(await receive(two), "to both rooms of two", "also")
        expect(await receive(one), "to both rooms of two", "also")
        await two.send("say to blue alone")
        expect(await receive(two), "to blue alone", "say after also")
        await two.send("part red")
        await two.send("echo left")
        expect(await receive(two), "left", "echo")
        await one.send("say nobody else hears")
        expect(await receive(one), "nobody else hears", "part")
        await two.send("echo nothing came before this")
        expect(await receive(two), "nothing came before this", "two left red")
        large = "x" * 300000
        await one.send("echo " + large)
        expect(await receive(one) == large, True, "a large echo comes back whole")
        await one.send("dance")
        await asyncio.wait_for(one.wait_closed(), WITHIN)
        expect(one.close_code, 1008, "an unknown command")


def bad_arguments(command):
    for arguments in ([], ["notaport"], ["65536"], ["-1"], ["1", "2"],
                      ["0", "--tls", "cert"], ["0", "--lts", "a", "b"]):
        done = subprocess.run([*command, *arguments], stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, text=True, timeout=120)
        expect(done.returncode, 2, f"exit status for {arguments}")
        usage = "usage: loadtarget PORT [--tls CERTIFICATE KEY]"
        expect(usage in done.stderr, True, f"usage for {arguments}")


async def main():
    tls = sys.argv[1] == "--tls"
    command = sys.argv[2:] if tls else sys.argv[1:]
    async with Server(command, tls) as server:
        await commands(server)
    if not tls:
        bad_arguments(command)
    print("ok: loadtarget", flush=True)


run(main())

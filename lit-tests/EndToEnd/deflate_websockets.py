"""Echoes and broadcasts through examples/loadtarget.mlir, seen by
python3-websockets, with every window that it can ask for."""
import asyncio
import os
import random
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from clients import extensions_of
from server import expect, run
from websockets.extensions.permessage_deflate import ClientPerMessageDeflateFactory

ANSWERS_WITHIN = 60


def text(size):
    dice = random.Random(size)
    out = ""
    while len(out) < size:
        out += f"{dice.randrange(100)}: käse, "
    return out[:size]


async def answer(socket):
    return await asyncio.wait_for(socket.recv(), ANSWERS_WITHIN)


def connect(**parameters):
    factory = ClientPerMessageDeflateFactory(**parameters)
    return websockets.connect(os.environ["PLUMB_URL"], compression=None,
                              extensions=[factory], max_size=None)


async def echoes(socket):
    # Whole messages, then one in fragments that are cut at random.
    for size in (0, 1, 100, 127, 128, 255, 256, 257, 4000, 70000):
        await socket.send("echo " + text(size))
        expect(await answer(socket), text(size), f"an echo of {size}")
    dice = random.Random(3)
    message = "echo " + text(20000)
    cuts = sorted(dice.randrange(len(message)) for _ in range(30))
    parts = [message[a:b] for a, b in zip([0, *cuts], [*cuts, None])]
    await socket.send(parts)
    await socket.ping()
    expect(await answer(socket), text(20000), "an echo of fragments")
    for _ in range(3):  # With a context these are little more than references.
        await socket.send("echo " + text(3000))
        expect(await answer(socket), text(3000), "an echo of what was said before")


async def main():
    windows = [{}] + [{"server_max_window_bits": bits} for bits in range(8, 16)]
    windows += [{"client_max_window_bits": bits} for bits in (True, 9, 12, 15)]
    windows += [{"server_no_context_takeover": True},
                {"client_no_context_takeover": True}]
    sockets = []
    for parameters in windows:
        socket = await connect(**parameters)
        sockets.append(socket)
        agreed = extensions_of(socket)
        expect(len(agreed), 1, f"an extension with {parameters}")
        expect(agreed[0].local_no_context_takeover,
               "client_no_context_takeover" in parameters, "a context of ours")
        expect(agreed[0].remote_no_context_takeover,
               "server_no_context_takeover" in parameters, "a context of theirs")
        expect(agreed[0].remote_max_window_bits,
               parameters.get("server_max_window_bits", 15), "the window")
        await echoes(socket)
        await socket.send("join hall")
    for socket in sockets:
        await socket.send("echo in")
        expect(await answer(socket), "in", "joined")
    for at in range(40):
        await sockets[at % len(sockets)].send(f"say {at} " + text(at * 50))
    order = [await answer(sockets[0]) for _ in range(40)]
    expect(len(set(order)), 40, "every message once")
    for socket in sockets[1:]:
        expect([await answer(socket) for _ in range(40)], order, "one order")
    for socket in sockets:
        await socket.close()
    print("ok: deflate with websockets")


run(main())

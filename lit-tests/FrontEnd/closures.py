"""Two servers of one program, whose messages one function answers, each with an
environment of its own: the number that the front end's closure has captured."""
import asyncio
import ctypes
import os
import re
import sys
import tempfile
import threading

import plumb
import websockets
from server import expect, run

WITHIN = 60  # seconds


def build_program():
    module = plumb.Context().module("closures.toy")
    build = module.build
    connect = module.function("on_connect", ["!ws.conn"], ["i1"])
    build.block = connect.entry
    build.ret(build.boolean(True))
    message = module.function("on_message", ["!ws.conn", "!intr.str", "!intr.slot"])
    build.block = message.entry
    captured = build.unpack(message.parameter(2), "i64")
    (digits,) = build.intrinsic("Str.from_int", captured)
    build.intrinsic("Ws.send", message.parameter(0), digits)
    build.ret()
    close = module.function("on_close", ["!ws.conn", "i64", "!intr.str"])
    build.block = close.entry
    build.ret()

    serve = module.function("serve", ["i64"], ["i64"])
    build.block = serve.entry
    closure = plumb.Closure(message, build.pack(serve.parameter(0)))
    (status,) = build.intrinsic("Ws.serve", build.integer(0), connect, closure, close,
                                None, None, {"bind": "127.0.0.1"})
    build.ret(build.convert(status, "i64"))
    stop = module.function("stop")
    build.block = stop.entry
    build.intrinsic("Ws.stop")
    build.ret()
    module.verify()
    print(module)
    return module.jit()


def ports(log):
    """Of the servers that listen, in no order."""
    return re.findall(r"plumb: listening on ws://\S+:(\d+)\s", open(log).read())


async def ask(log):
    for _ in range(WITHIN * 50):
        if len(ports(log)) == 2:
            break
        await asyncio.sleep(0.02)  # a poll of a condition, not a guess
    answers = []
    for port in ports(log):
        async with websockets.connect(f"ws://127.0.0.1:{port}") as client:
            await client.send("who are you?")
            answers.append(await asyncio.wait_for(client.recv(), WITHIN))
    expect(sorted(answers), ["41", "42"], "what the servers have captured")


def main():
    jit = build_program()
    # The runtime says on standard error where it listens.
    log, standard_error = tempfile.NamedTemporaryFile(), os.dup(2)
    os.dup2(log.fileno(), 2)
    serve = jit.function("serve", ctypes.c_int64, ctypes.c_int64)
    ended = []
    threads = [threading.Thread(target=lambda n=n: ended.append(serve(n)), daemon=True)
               for n in (41, 42)]
    for thread in threads:
        thread.start()
    try:
        run(ask(log.name))
    finally:
        os.dup2(standard_error, 2)
        print(open(log.name).read(), file=sys.stderr)
    jit.function("stop", None)()
    for thread in threads:
        thread.join(WITHIN)
    expect(ended, [0, 0], "what serving returned")
    print("ok: two servers with one function")


main()

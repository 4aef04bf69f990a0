"""Where the calls are made: handles that only a running server has need one."""
import ctypes
import os
import socket
import sys
import threading

from values import text_block


class Plain:
    is_whole = True  # whether all that a function can do can be seen here

    def __init__(self, file):
        self.file = file

    def handles(self, mlir):
        return []


class Serving:
    """Within a handler of a connection, which is in a room and has a stored text."""
    is_whole = False

    def __init__(self, file, connection):
        self.file, self.connection = file, connection

    def handles(self, mlir):
        return [self.connection, 0, 4711] if mlir == "!ws.conn" else []


def serve(runtime, file, work):
    """The return value of work(world), run by a server that has a connection."""
    library = ctypes.CDLL(runtime)
    name = f"@plumb-promises-{os.getpid()}"
    log = os.memfd_create("log")
    kept_log = os.dup(2)
    os.dup2(log, 2)
    handle = ctypes.c_void_p
    result = []

    def on_message(connection, message, _):
        os.dup2(kept_log, 2)
        for call, text in (("join", "x"), ("join", "y")):
            room = text_block(text.encode())
            getattr(library, f"plumb_ws_{call}")(handle(connection), room)
        key, value = text_block(b"x"), text_block(b"stored")
        library.plumb_ws_put(handle(connection), key, value)
        try:
            result.append(work(Serving(file, connection)))
        finally:
            library.plumb_ws_stop()

    functions = [
        ctypes.CFUNCTYPE(ctypes.c_bool, handle, handle)(lambda *_: True),
        ctypes.CFUNCTYPE(None, handle, handle, handle)(on_message),
        ctypes.CFUNCTYPE(None, handle, ctypes.c_int64, handle, handle)(lambda *_: None)]
    options = text_block(f"bind=unix:{name}".encode() + b"\0drain_window_ms=0\0")

    def client():
        with socket.socket(socket.AF_UNIX) as peer:
            while True:
                try:
                    peer.connect("\0" + name[1:])
                    break
                except ConnectionRefusedError:
                    if done.wait(0.01):  # until it listens
                        return
            peer.sendall(b"GET /x?x=1 HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n"
                         b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\nx: y\r\n"
                         b"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n")
            peer.recv(4096)
            peer.sendall(b"\x81\x81\0\0\0\0x")
            peer.recv(4096)

    done = threading.Event()
    thread = threading.Thread(target=client)
    thread.start()
    arguments = []
    for f in [*functions, None, None]:
        arguments += [ctypes.cast(f, handle) if f else None, None]
    library.plumb_ws_serve.restype = ctypes.c_int64
    library.plumb_ws_serve.argtypes = [ctypes.c_int64] + [handle] * 11
    status = library.plumb_ws_serve(0, *arguments, ctypes.addressof(options))
    done.set()
    thread.join()
    if not result:
        with os.fdopen(log, "rb") as said:
            said.seek(0)
            sys.exit(f"the server ends with status {status}:\n{said.read().decode()}")
    return result[0]


def run(world, runtime, file, work):
    """The return value of work(world)."""
    return serve(runtime, file, work) if world == "serving" else work(Plain(file))

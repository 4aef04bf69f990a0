"""What a case is: an id, the clause that it is of, and a script of what the
client sends and what it then must get."""
import re
from dataclasses import dataclass

import wire


@dataclass(frozen=True)
class Event:
    """A message, a pong or a close frame that must come next."""
    opcode: int
    payload: bytes
    compressed: bool = False  # it must have come so

    def differs(self, got):
        if got.opcode != self.opcode or not got.fin or got.compressed < self.compressed:
            return True
        if self.opcode == wire.CLOSE:  # The reason is the server's to choose.
            return got.payload[:2] != self.payload
        return got.payload != self.payload

    def __str__(self):
        return str(wire.Frame(self.opcode, self.payload))


@dataclass(frozen=True)
class Response:
    """An HTTP response that must come next: its status, and patterns of header
    fields; None for a field that must be absent."""
    status: int
    fields: tuple = ()

    def __str__(self):
        return f"HTTP status {self.status} {dict(self.fields)}"


class _Mark:
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return self.name


END = _Mark("the end of the stream")           # to be got
FINISH = _Mark("the client ends its side")     # to be done
RESET = _Mark("the client resets the connection")
ONLY_END = _Mark("the end, or a reset, of the connection")


@dataclass(frozen=True)
class Case:
    id: str
    clause: str
    about: str
    script: tuple
    server: str = "default"  # a name of run.py's SERVERS
    upgrade: bool = True     # the runner opens the connection by a handshake
    offer: str = ""          # what it says as Sec-WebSocket-Extensions
    cuts: tuple = ("whole", "frames", "bytes", "random")

    def __post_init__(self):
        assert re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9_-]+)+", self.id), self.id
        assert re.fullmatch(r"(RFC \d{4} \d[\d.]*\d|RFC \d{4} \d)", self.clause), self


def text(payload=""):
    return Event(wire.TEXT, wire.data(payload))


def binary(payload=b""):
    return Event(wire.BINARY, wire.data(payload))


def pong(payload=b""):
    return Event(wire.PONG, wire.data(payload))


def closed(code=None):
    """The close frame that answers, or that fails the connection, with a code."""
    return Event(wire.CLOSE, b"" if code is None else code.to_bytes(2, "big"))


def response(status, **fields):
    return Response(status, tuple(
        (name.replace("_", "-").lower(), pattern) for name, pattern in fields.items()))


class Group:
    """Collects the cases of one file."""

    def __init__(self, prefix):
        self.prefix, self.cases = prefix, []

    def add(self, name, clause, about, *script, **more):
        clause = clause if clause.startswith("RFC") else f"RFC 6455 {clause}"
        self.cases.append(Case(f"{self.prefix}.{name}", clause, about, script, **more))

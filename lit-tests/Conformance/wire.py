"""Frames of RFC 6455 section 5.2, well-formed and not, written and read without
the code under test."""
import os
from dataclasses import dataclass

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0, 1, 2, 8, 9, 10
NAMES = {TEXT: "text", BINARY: "binary", CLOSE: "close", PING: "ping", PONG: "pong"}
FIN, RSV1, RSV2, RSV3 = 0x80, 0x40, 0x20, 0x10


def data(payload):
    return payload.encode() if isinstance(payload, str) else bytes(payload)


def masked(payload, key):
    """Section 5.3; as whole numbers, which is quick for megabytes too."""
    size = len(payload)
    keys = (key * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(keys, "big")).to_bytes(
        size, "big")


def frame(opcode, payload=b"", fin=True, rsv=0, key=b"\x37\xfa\x21\x3d", length=None,
          width=None):
    """A client's frame. `key` None: unmasked. `length`: what the header claims
    when it is not the payload's length; `width`: 7, 16 or 64 bits for it when it
    is not the shortest."""
    payload = data(payload)
    length = len(payload) if length is None else length
    width = width or (7 if length < 126 else 16 if length < 1 << 16 else 64)
    mask = 0 if key is None else 0x80
    head = bytes([(FIN if fin else 0) | rsv | opcode,
                  mask | {7: length, 16: 126, 64: 127}[width]])
    if width != 7:
        head += length.to_bytes(width // 8, "big")
    if key is None:
        return head + payload
    return head + key + masked(payload, key)


def text(payload="", **more):
    return frame(TEXT, payload, **more)


def binary(payload=b"", **more):
    return frame(BINARY, payload, **more)


def more(payload=b"", **other):
    return frame(CONTINUATION, payload, **other)


def ping(payload=b"", **other):
    return frame(PING, payload, **other)


def pong(payload=b"", **other):
    return frame(PONG, payload, **other)


def close(code=None, reason=b"", **other):
    body = b"" if code is None else code.to_bytes(2, "big") + data(reason)
    return frame(CLOSE, body, **other)


def fragments(opcode, parts, **other):
    """One message in so many frames."""
    last = len(parts) - 1
    return b"".join(frame(CONTINUATION if at else opcode, part, fin=at == last, **other)
                    for at, part in enumerate(parts))


@dataclass(frozen=True)
class Frame:
    """A server's frame."""
    opcode: int
    payload: bytes
    fin: bool = True
    compressed: bool = False

    def __str__(self):
        shown = self.payload[:40]
        more = f"... of {len(self.payload)} bytes" if len(self.payload) > 40 else ""
        if self.opcode == CLOSE and len(self.payload) >= 2:
            return f"close {int.from_bytes(self.payload[:2], 'big')} {shown[2:]!r}"
        return f"{NAMES.get(self.opcode, self.opcode)} {shown!r}{more}"


async def read_frame(reader, compression=False):
    """The next frame; AssertionError when a server may not send it."""
    first, second = await reader.readexactly(2)
    rsv = first & (RSV2 | RSV3 | (0 if compression else RSV1))
    assert not rsv, f"a frame with reserved bits {rsv:#x} (RFC 6455 5.2)"
    opcode = first & 15
    assert opcode in (CONTINUATION, *NAMES), f"opcode {opcode} (RFC 6455 5.2)"
    assert not second & 0x80, "a masked frame from a server (RFC 6455 5.1)"
    length = second & 0x7f
    for code, width, minimum in ((126, 2, 126), (127, 8, 1 << 16)):
        if second & 0x7f == code:
            length = int.from_bytes(await reader.readexactly(width), "big")
            assert length >= minimum, "a length not in its shortest form (RFC 6455 5.2)"
    fin = bool(first & FIN)
    if opcode & 8:
        assert fin and length < 126, "a large or fragmented control frame (RFC 6455 5.5)"
    return Frame(opcode, await reader.readexactly(length), fin, bool(first & RSV1))


def key():
    return os.urandom(4)

"""permessage-deflate: RFC 7692. What is sent is made by zlib or by hand, what comes
back is inflated by zlib with the window that was agreed on."""
import random
import zlib

import wire
from case import END, Event, Group, binary, closed, pong, response, text
from cases.handshake import request

group = Group("deflate")
OFFER = "permessage-deflate"
ON = {"offer": OFFER, "server": "deflate"}
WORDS = ("Compression \u00e9 \u20ac \U0001f600 of words that come again and again. " * 400)
dice = random.Random(7692)
NOISE = bytes(dice.randrange(256) for _ in range(70000))


def deflated(payload, level=6, bits=15, strategy=zlib.Z_DEFAULT_STRATEGY, keep=False):
    """A message's payload (section 7.2.1); `keep` leaves the last four bytes."""
    maker = zlib.compressobj(level, zlib.DEFLATED, -bits, 8, strategy)
    out = maker.compress(wire.data(payload)) + maker.flush(zlib.Z_SYNC_FLUSH)
    assert out.endswith(b"\0\0\xff\xff")
    return out if keep else out[:-4]


def packed(opcode, payload, pieces=1, **how):
    """A compressed message in so many frames, RSV1 on the first."""
    body = deflated(payload, **how)
    cuts = [len(body) * n // pieces for n in range(pieces + 1)]
    return b"".join(
        wire.frame(0 if n else opcode, body[cuts[n]:cuts[n + 1]], fin=n == pieces - 1,
                   rsv=0 if n else wire.RSV1) for n in range(pieces))


def raw(digits, opcode=wire.TEXT, **more):
    return wire.frame(opcode, bytes.fromhex(digits), rsv=wire.RSV1, **more)


def compressed(event):
    """The message must come compressed."""
    return Event(event.opcode, event.payload, True)


# --- 7.1: what is offered and what is answered; checked in run.py, too.

def accepts(name, clause, offer, pattern, about=None):
    words = WORDS[:150]
    group.add(f"accept.{name}", clause, about or f"the offer {offer} is accepted",
              request(extra=[f"Sec-WebSocket-Extensions: {offer}"]),
              response(101, sec_websocket_extensions=pattern),
              packed(wire.TEXT, words, bits=9), text(words), upgrade=False, **ON)


def declines(name, clause, offer):
    group.add(f"decline.{name}", clause, f"the offer {offer} is declined, the connection not",
              request(extra=[f"Sec-WebSocket-Extensions: {offer}"]),
              response(101, sec_websocket_extensions=None), wire.text("plain"),
              text("plain"), upgrade=False, server="deflate")


ANY = r"permessage-deflate(; *[a-z_]+(=\d+)?)*"
# Some clients fail a connection over what they have not offered.
accepts("plain", "RFC 7692 7.1", OFFER, "permessage-deflate")
accepts("server-no-context", "RFC 7692 7.1.1.1", OFFER + "; server_no_context_takeover",
        r"permessage-deflate(; .*)?; server_no_context_takeover(; .*)?")
accepts("client-no-context", "RFC 7692 7.1.1.2", OFFER + "; client_no_context_takeover",
        r"permessage-deflate(; .*)?; client_no_context_takeover(; .*)?")
accepts("both-no-context", "RFC 7692 7.1.1.1",
        OFFER + "; client_no_context_takeover; server_no_context_takeover",
        r"permessage-deflate(; .*)?; server_no_context_takeover(; .*)?")
for bits in range(8, 16):
    smaller = "|".join(str(n) for n in range(8, bits + 1))
    accepts(f"server-bits-{bits}", "RFC 7692 7.1.2.1",
            f"{OFFER}; server_max_window_bits={bits}",
            rf"permessage-deflate(; .*)?; server_max_window_bits=({smaller})(; .*)?")
    accepts(f"client-bits-{bits}", "RFC 7692 7.1.2.2",
            f"{OFFER}; client_max_window_bits={bits}",
            rf"permessage-deflate((?!.*client_max_window_bits)|.*"
            rf"client_max_window_bits=({smaller})(?!\d)).*")
accepts("client-bits", "RFC 7692 7.1.2.2", OFFER + "; client_max_window_bits",
        r"permessage-deflate(; client_max_window_bits=\d+)?")
accepts("quoted", "RFC 7692 7.1.2.1", OFFER + '; server_max_window_bits="10"',
        r"permessage-deflate(; .*)?; server_max_window_bits=(8|9|10)(; .*)?")
accepts("everything", "RFC 7692 7.1",
        OFFER + "; server_no_context_takeover; client_no_context_takeover; "
        "server_max_window_bits=12; client_max_window_bits=12", ANY)
accepts("second", "RFC 7692 5.1", f"{OFFER}; server_max_window_bits=99, {OFFER}", ANY,
        "of two offers the second, when the first cannot be accepted")
accepts("preferred", "RFC 7692 5.1", f"{OFFER}; server_max_window_bits=9, {OFFER}",
        r"permessage-deflate(; .*)?; server_max_window_bits=[89](; .*)?",
        "of two offers the first, which the client prefers")
accepts("among-others", "RFC 7692 5.1", f"foo; a=b, {OFFER}, bar", ANY)
accepts("blanks", "9.1", f"{OFFER} ;  server_no_context_takeover  ,foo", ANY)
accepts("two-lines", "9.1", f"foo\r\nSec-WebSocket-Extensions: {OFFER}", ANY)
for name, clause, parameters in (
        ("unknown", "7.1", "x_unknown"), ("unknown-value", "7.1", "x=1"),
        ("server-bits-none", "7.1.2.1", "server_max_window_bits"),
        ("server-bits-7", "7.1.2.1", "server_max_window_bits=7"),
        ("server-bits-16", "7.1.2.1", "server_max_window_bits=16"),
        ("server-bits-0", "7.1.2.1", "server_max_window_bits=0"),
        ("server-bits-08", "7.1.2.1", "server_max_window_bits=08"),
        ("server-bits-word", "7.1.2.1", "server_max_window_bits=ten"),
        ("server-bits-large", "7.1.2.1", "server_max_window_bits=4294967306"),
        ("client-bits-7", "7.1.2.2", "client_max_window_bits=7"),
        ("client-bits-16", "7.1.2.2", "client_max_window_bits=16"),
        ("client-bits-09", "7.1.2.2", "client_max_window_bits=09"),
        ("client-bits-word", "7.1.2.2", "client_max_window_bits=x"),
        ("server-context-value", "7.1.1.1", "server_no_context_takeover=1"),
        ("client-context-value", "7.1.1.2", "client_no_context_takeover=true"),
        ("server-context-twice", "7.1",
         "server_no_context_takeover; server_no_context_takeover"),
        ("client-context-twice", "7.1",
         "client_no_context_takeover; client_no_context_takeover"),
        ("server-bits-twice", "7.1", "server_max_window_bits=9; server_max_window_bits=9"),
        ("client-bits-twice", "7.1", "client_max_window_bits; client_max_window_bits=9")):
    declines(name, f"RFC 7692 {clause}", f"{OFFER}; {parameters}")
declines("other-name", "RFC 7692 5.1", "permessage-deflate2, perframe-deflate")
for name, header in (("no-name", "; a"), ("no-parameter", "permessage-deflate;"),
                     ("no-value", "permessage-deflate; server_max_window_bits="),
                     ("no-comma", "permessage-deflate foo"),
                     ("open-quote", 'permessage-deflate; server_max_window_bits="10'),
                     ("quoted-blank", 'foo; a="b c"'), ("braces", "foo{}")):
    group.add(f"malformed.{name}", "9.1", f"the header {header!r} fails the handshake",
              request(extra=[f"Sec-WebSocket-Extensions: {header}"]),
              response(400, sec_websocket_accept=None), END, upgrade=False,
              server="deflate")
group.add("off.declined", "9.1", "a server with deflate off declines the offer",
          request(extra=[f"Sec-WebSocket-Extensions: {OFFER}"]),
          response(101, sec_websocket_extensions=None), wire.text("x"), text("x"),
          upgrade=False)
group.add("off.rsv1", "5.2", "and then takes no RSV1",
          request(extra=[f"Sec-WebSocket-Extensions: {OFFER}"]),
          response(101, sec_websocket_extensions=None), raw("f248cdc9c90700"), closed(1002),
          upgrade=False)

# --- 6 and 7.2: messages.

for size in (0, 1, 2, 125, 126, 1000, 4096, 17000, 65535, 65536, 200000):
    letters = (WORDS.encode() * 20)[:size].decode(errors="ignore")
    more = {**ON, "cuts": ("whole", "random")} if size > 1000 else ON
    group.add(f"text.{size}", "RFC 7692 7.2.2", f"a compressed text of {size} bytes",
              packed(wire.TEXT, letters), text(letters), **more)
    group.add(f"binary.{size}", "RFC 7692 7.2.2", f"compressed data of {size} bytes",
              packed(wire.BINARY, NOISE[:size]), binary(NOISE[:size]), **more)
    if size >= 1000:
        group.add(f"sent.{size}", "RFC 7692 7.2.1",
                  f"the answer of {size} bytes comes compressed",
                  packed(wire.TEXT, letters), compressed(text(letters)), **more)
for level in range(10):
    group.add(f"level.{level}", "RFC 7692 7.2.1", f"zlib's level {level}",
              packed(wire.TEXT, WORDS, level=level), text(WORDS),
              **{**ON, "cuts": ("whole", "random")})
for name, strategy in (("fixed", zlib.Z_FIXED), ("huffman", zlib.Z_HUFFMAN_ONLY),
                       ("rle", zlib.Z_RLE), ("filtered", zlib.Z_FILTERED)):
    group.add(f"strategy.{name}", "RFC 7692 7.2.1", f"zlib's strategy {name}",
              packed(wire.TEXT, WORDS[:3000], strategy=strategy), text(WORDS[:3000]), **ON)
for bits in range(9, 16):
    group.add(f"window.{bits}", "RFC 7692 7.2.2", f"compressed with 2^{bits} bytes of window",
              packed(wire.TEXT, WORDS, bits=bits), text(WORDS),
              **{**ON, "cuts": ("whole", "random")})
for bits in range(8, 16):
    body = NOISE[:500] * 3 + NOISE[:40000] + NOISE[:500]
    group.add(f"answer-window.{bits}", "RFC 7692 7.1.2.1",
              f"answers can be inflated with 2^{bits} bytes", packed(wire.BINARY, body),
              binary(body), packed(wire.TEXT, WORDS[:200]), text(WORDS[:200]),
              server="deflate", offer=f"{OFFER}; server_max_window_bits={bits}",
              cuts=("whole", "random"))
for pieces in (2, 3, 7, 50):
    group.add(f"fragments.{pieces}", "RFC 7692 6.1", f"a compressed text in {pieces} frames",
              packed(wire.TEXT, WORDS[:2000], pieces=pieces), text(WORDS[:2000]), **ON)
    group.add(f"fragments-binary.{pieces}", "RFC 7692 6.1",
              f"compressed data in {pieces} frames",
              packed(wire.BINARY, NOISE[:2000], pieces=pieces), binary(NOISE[:2000]), **ON)
group.add("fragments.bytes", "RFC 7692 6.1", "a frame for every compressed byte",
          packed(wire.TEXT, "Hello, Hello, Hello", pieces=len(deflated("Hello, Hello, Hello"))),
          text("Hello, Hello, Hello"), **ON)
group.add("fragments.empty", "RFC 7692 6.1", "empty frames among them",
          wire.frame(wire.TEXT, rsv=wire.RSV1, fin=False), wire.more(fin=False),
          wire.more(deflated("Hello"), fin=False), wire.more(), text("Hello"), **ON)
group.add("fragments.ping", "RFC 7692 6.1", "a ping among them is answered at once",
          raw("f248cd", fin=False), wire.ping("?"), pong("?"),
          wire.more(bytes.fromhex("c9c90700")), text("Hello"), **ON)
group.add("plain.text", "RFC 7692 6", "a message need not be compressed",
          wire.text("Hello"), text("Hello"), **ON)
group.add("plain.large", "RFC 7692 7.2.1", "a plain message's answer is compressed, too",
          wire.text(WORDS), compressed(text(WORDS)), **{**ON, "cuts": ("whole", "random")})
group.add("plain.fragments", "RFC 7692 6", "nor a fragmented one",
          wire.fragments(wire.TEXT, ["Hel", "", "lo"]), text("Hello"), **ON)
group.add("mixed", "RFC 7692 6", "plain and compressed messages in turn",
          *(wire.text(f"plain {n}") + packed(wire.BINARY, f"packed {n}") for n in range(20)),
          *(event for n in range(20) for event in (text(f"plain {n}"),
                                                   binary(f"packed {n}"))), **ON)
group.add("hundred", "RFC 7692 7.2.2", "a hundred compressed messages",
          b"".join(packed(wire.TEXT, WORDS[:n * 40]) for n in range(100)),
          *(text(WORDS[:n * 40]) for n in range(100)), **{**ON, "cuts": ("whole", "random")})
group.add("by-itself", "RFC 7692 7.1.1.2", "each of a client's messages stands alone",
          *(packed(wire.TEXT, "Hello Hello Hello") for _ in range(3)),
          *(text("Hello Hello Hello") for _ in range(3)),
          server="deflate", offer=OFFER + "; client_no_context_takeover")

# --- 7.2.2: messages that refer to those before them.

class Sender:
    """A client that keeps its compressor from message to message."""

    def __init__(self, bits=15, level=6):
        self.maker = zlib.compressobj(level, zlib.DEFLATED, -bits)

    def frame(self, opcode, payload, pieces=1):
        body = self.maker.compress(wire.data(payload)) + self.maker.flush(zlib.Z_SYNC_FLUSH)
        body = body[:-4]
        cuts = [len(body) * n // pieces for n in range(pieces + 1)]
        return b"".join(
            wire.frame(0 if n else opcode, body[cuts[n]:cuts[n + 1]], fin=n == pieces - 1,
                       rsv=0 if n else wire.RSV1) for n in range(pieces))


def again(name, about, sizes, pieces=1, bits=15, offer=OFFER):
    sender, said = Sender(bits), [NOISE[:size] for size in sizes]
    group.add(f"context.{name}", "RFC 7692 7.2.2", about,
              b"".join(sender.frame(wire.BINARY, each, pieces) for each in said),
              *(binary(each) for each in said), server="deflate", offer=offer,
              cuts=("whole", "random"))


again("twice", "a message that is the one before", (1000, 1000))
again("hundred", "a hundred, each longer than the last", range(10, 1010, 10))
again("far", "references over all of the window", (5000, 27000, 20, 4000))
again("large", "messages larger than the window", (70000, 100, 70000))
again("fragments", "in fragments", (3000, 3000, 3000), pieces=7)
for bits in range(9, 16):
    again(f"window.{bits}", f"with 2^{bits} bytes of window, as the client has offered",
          (2 ** bits - 300, 200, 2 ** bits + 10, 5000, 100, 5000), bits=bits,
          offer=f"{OFFER}; client_max_window_bits={bits}")
sender = Sender()
group.add("context.mixed", "RFC 7692 7.2.2", "plain messages and pings are no part of it",
          sender.frame(wire.TEXT, WORDS[:500]), wire.text("plain"), wire.ping("?"),
          sender.frame(wire.TEXT, WORDS[:500]), text(WORDS[:500]), text("plain"), pong("?"),
          text(WORDS[:500]), **ON)
group.add("context.example", "RFC 7692 7.2.3.2", "the second message refers to the first",
          raw("f248cdc9c90700"), raw("f200110000"), text("Hello"), text("Hello"), **ON)
group.add("context.none", "RFC 7692 7.1.1.2", "it must not after client_no_context_takeover",
          raw("f248cdc9c90700"), raw("f200110000"), text("Hello"), closed(1007),
          server="deflate", offer=OFFER + "; client_no_context_takeover")
group.add("context.too-far", "RFC 7692 7.2.2", "nor to what is in front of the first",
          raw("f200110000"), closed(1007), **ON)

# --- The examples of section 7.2.3, as bytes.

group.add("example.one-block", "RFC 7692 7.2.3.1", "one block", raw("f248cdc9c90700"),
          text("Hello"), **ON)
group.add("example.one-block-fragments", "RFC 7692 7.2.3.1", "one block in two frames",
          raw("f248cd", fin=False), wire.more(bytes.fromhex("c9c90700")), text("Hello"), **ON)
group.add("example.stored", "RFC 7692 7.2.3.3", "a block without compression",
          raw("000500faff48656c6c6f00"), text("Hello"), **ON)
group.add("example.final", "RFC 7692 7.2.3.4", "BFINAL set, then an empty block",
          raw("f348cdc9c9070000"), text("Hello"), **ON)
group.add("example.two-blocks", "RFC 7692 7.2.3.5", "two blocks",
          raw("f24805000000ffffcac9c90700"), text("Hello"), **ON)
group.add("example.empty", "RFC 7692 7.2.3.6", "an empty message as one zero byte",
          raw("00"), text(""), **ON)
group.add("example.tail-kept", "RFC 7692 7.2.1", "the four last bytes must be taken off",
          wire.frame(wire.TEXT, deflated("Hello", keep=True), rsv=wire.RSV1), closed(1007),
          **ON)
group.add("many-blocks", "RFC 7692 7.2.3.5", "a block for every letter",
          wire.frame(wire.TEXT, b"".join(deflated(c, keep=True) for c in "Hello") + b"\0",
                     rsv=wire.RSV1), text("Hello"), **ON)

# --- What is wrong.

for bits, name in ((2, "rsv2"), (1, "rsv3"), (3, "rsv23"), (6, "rsv12"), (5, "rsv13"),
                   (7, "rsv123")):
    group.add(f"bits.{name}", "5.2", f"{name} still means nothing",
              wire.frame(wire.TEXT, deflated("Hello"), rsv=bits << 4), closed(1002), **ON)
for name, opcode, payload in (("ping", wire.PING, b"x"), ("pong", wire.PONG, b""),
                              ("close", wire.CLOSE, b"\x03\xe8")):
    group.add(f"bits.{name}", "RFC 7692 6.1", f"RSV1 on a {name}",
              wire.frame(opcode, payload, rsv=wire.RSV1), closed(1002), **ON)
group.add("bits.continuation", "RFC 7692 6.1", "RSV1 on a later frame of a compressed message",
          raw("f248cd", fin=False), raw("c9c90700", opcode=0), closed(1002), **ON)
group.add("bits.plain-continuation", "RFC 7692 6.1", "RSV1 on a later frame of a plain one",
          wire.text("Hel", fin=False), raw("c9c90700", opcode=0), closed(1002), **ON)
group.add("bits.orphan", "RFC 7692 6.1", "RSV1 on a continuation of nothing",
          raw("c9c90700", opcode=0), closed(1002), **ON)
for name, digits in (("reserved-block", "07"), ("bad-length", "000500ffff48656c6c6f00"),
                     ("too-far", "f2001100"), ("bad-code", "04c0810000000000"),
                     ("ones", "ffffffffffff"), ("cut", "f248cd")):
    group.add(f"damaged.{name}", "RFC 7692 7.2.2", f"what is not DEFLATE: {name}",
              raw(digits), closed(1007), **ON)
    group.add(f"damaged.{name}.binary", "RFC 7692 7.2.2", f"also as binary: {name}",
              raw(digits, opcode=wire.BINARY), closed(1007), **ON)
group.add("damaged.then-text", "7.1.7", "what follows is not answered",
          raw("07") + wire.text("unread"), closed(1007), **ON)
for name, bad in (("lone", b"\x80"), ("overlong", b"\xc0\xaf"), ("surrogate", b"\xed\xa0\x80"),
                  ("cut", b"ok \xe2\x82"), ("late", b"x" * 5000 + b"\xff")):
    group.add(f"utf8.{name}", "8.1", f"a text that is not UTF-8 when inflated: {name}",
              packed(wire.TEXT, bad), closed(1007), **ON)
    group.add(f"utf8.{name}.fragments", "8.1", f"in fragments: {name}",
              packed(wire.TEXT, bad, pieces=2), closed(1007), **ON)
    group.add(f"utf8.{name}.binary", "5.6", f"but is binary data: {name}",
              packed(wire.BINARY, bad), binary(bad), **ON)
SMALL = {"offer": OFFER, "server": "deflate-small"}
group.add("limit.fits", "10.4", "1,000 bytes inflated are within the limit of 1,000",
          packed(wire.TEXT, "x" * 1000), text("x" * 1000), **SMALL)
for size in (1001, 65536, 1 << 20, 1 << 26):
    group.add(f"limit.inflates-to.{size}", "10.4", f"{size} bytes inflated are over it",
              packed(wire.BINARY, bytes(size)), closed(1009),
              **{**SMALL, "cuts": ("whole", "random")})
group.add("limit.fragments", "10.4", "also in fragments",
          packed(wire.TEXT, "x" * 5000, pieces=3), closed(1009), **SMALL)
for claim in (1 << 32, 1 << 62, (1 << 63) - 1):
    for where in ("deflate", "deflate-small"):
        group.add(f"limit.claim.{claim}.{where}", "10.4",
                  f"a compressed frame that claims {claim} bytes",
                  wire.frame(wire.TEXT, b"x", rsv=wire.RSV1, length=claim), closed(1009),
                  server=where, offer=OFFER)
group.add("limit.bomb", "10.4", "16 MiB of zeros in 16 KiB: a ratio over the default of 100",
          packed(wire.BINARY, bytes(1 << 24), level=9), closed(1009),
          **{**ON, "cuts": ("whole",)})
group.add("large.1m", "RFC 7692 7.2.2", "1 MiB of words", packed(
    wire.TEXT, "".join(f"{n} words, " for n in range(90000))),
    text("".join(f"{n} words, " for n in range(90000))), **{**ON, "cuts": ("whole", "random")})

"""Base framing: RFC 6455 sections 5.1 to 5.3, 5.6, 5.7."""
import wire
from case import Group, binary, closed, pong, text

group = Group("framing")
SIZES = (0, 1, 2, 3, 4, 7, 8, 15, 16, 124, 125, 126, 127, 128, 129, 255, 256, 65534,
         65535, 65536, 65537, 131072, 1 << 20)


def sized(size):
    return bytes(range(256)) * (size // 256) + bytes(range(size % 256))


for size in SIZES:
    letters = ("*" * size).encode()
    group.add(f"text.{size}", "5.6", f"a text of {size} bytes comes back",
              wire.text(letters), text(letters))
    group.add(f"binary.{size}", "5.6", f"{size} bytes come back as binary",
              wire.binary(sized(size)), binary(sized(size)))

# Section 5.2: the minimal number of bytes must be used for a length.
for size, width in ((0, 16), (1, 16), (125, 16), (0, 64), (125, 64), (126, 64),
                    (65535, 64)):
    for name, opcode in (("text", wire.TEXT), ("binary", wire.BINARY)):
        group.add(f"length.{name}.{size}-in-{width}", "5.2",
                  f"a {name}'s length of {size} in {width} bits is refused",
                  wire.frame(opcode, "x" * size, width=width), closed(1002))
for length in (1 << 63, (1 << 63) + 1, (1 << 64) - 1):
    group.add(f"length.top-bit.{length:x}", "5.2",
              "a length with its top bit set is refused",
              wire.frame(wire.BINARY, b"", length=length), closed(1002))
group.add("length.judged-at-header", "5.2",
          "a length that is too wide fails before its payload has come",
          wire.frame(wire.BINARY, b"", length=100, width=64), closed(1002))

for name, key in (("zero", b"\0\0\0\0"), ("ones", b"\xff\xff\xff\xff"),
                  ("low", b"\0\0\0\1"), ("high", b"\x80\0\0\0"),
                  ("like-header", b"\x81\x85\x81\x85"),
                  ("like-payload", b"****"), ("descending", b"\xdd\xcc\xbb\xaa")):
    group.add(f"mask.{name}", "5.3", f"a masking key of {key.hex()} is undone",
              wire.text("*" * 39, key=key), text("*" * 39),
              wire.binary(sized(300), key=key), binary(sized(300)))
group.add("mask.each-its-own", "5.3", "each frame has a masking key of its own",
          *(wire.text(f"number {n}", key=bytes([n, 255 - n, n * 7 % 256, 1]))
            for n in range(20)), *(text(f"number {n}") for n in range(20)))
group.add("mask.fragments", "5.3", "each fragment starts its masking key anew",
          b"".join(wire.frame(0 if n else wire.BINARY, bytes([n]) * n, fin=n == 9,
                              key=bytes([n, n + 1, n + 2, n + 3])) for n in range(10)),
          binary(b"".join(bytes([n]) * n for n in range(10))))
for size in range(5, 14):
    group.add(f"mask.tail.{size}", "5.3", "the key repeats to the last byte",
              wire.binary(sized(size), key=b"\x01\x20\x03\x40"), binary(sized(size)))

for name, opcode, payload in (
        ("text", wire.TEXT, "Hello"), ("binary", wire.BINARY, "Hello"),
        ("empty", wire.TEXT, ""), ("large", wire.BINARY, "x" * 70000),
        ("ping", wire.PING, "Hello"), ("pong", wire.PONG, ""),
        ("close", wire.CLOSE, b"\x03\xe8"), ("empty-close", wire.CLOSE, "")):
    group.add(f"unmasked.{name}", "5.1", f"an unmasked {name} frame is refused",
              wire.frame(opcode, payload, key=None), closed(1002))
group.add("unmasked.continuation", "5.1", "every fragment must be masked",
          wire.text("Hel", fin=False), wire.more("lo", key=None), closed(1002))
group.add("unmasked.second", "5.1", "every frame must be masked",
          wire.text("one"), wire.text("two", key=None), text("one"), closed(1002))

# The examples of section 5.7, as bytes.
group.add("example.hello", "5.7", "a single-frame masked text",
          bytes.fromhex("818537fa213d7f9f4d5158"), text("Hello"))
group.add("example.fragmented", "5.7", "a fragmented text, masked",
          bytes.fromhex("018337fa213d7f9f4d") + bytes.fromhex("808237fa213d5b95"),
          text("Hello"))
group.add("example.ping", "5.7", "a ping, masked, and its pong",
          bytes.fromhex("898537fa213d7f9f4d5158"), pong("Hello"))
group.add("example.pong", "5.7", "a pong that nobody asked for, masked",
          bytes.fromhex("8a8537fa213d7f9f4d5158"))
group.add("example.256", "5.7", "256 bytes in one frame",
          wire.binary(sized(256)), binary(sized(256)))
group.add("example.64k", "5.7", "64 KiB in one frame",
          wire.binary(sized(65536)), binary(sized(65536)))

# Section 6.2: the order is kept, and frames are found by their lengths alone.
group.add("order.mixed", "6.2", "answers come in the order of the messages",
          *(wire.frame(wire.TEXT if n % 3 else wire.BINARY, f"{n}") for n in range(60)),
          *((text if n % 3 else binary)(f"{n}") for n in range(60)))
group.add("order.sizes", "6.2", "large and small messages keep their order",
          *(wire.binary(sized(n * n * 50)) for n in range(1, 25)),
          *(binary(sized(n * n * 50)) for n in range(1, 25)), cuts=("whole", "random"))
group.add("order.payload-like-frames", "6.2", "a payload that looks like frames is data",
          wire.binary(wire.close(1000) + wire.text("no")),
          binary(wire.close(1000) + wire.text("no")))
group.add("order.thousand", "6.2", "a thousand small messages, each answered",
          b"".join(wire.text(f"{n}") for n in range(1000)),
          *(text(f"{n}") for n in range(1000)), cuts=("whole", "random"))

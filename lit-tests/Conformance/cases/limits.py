"""Limits: RFC 6455 section 10.4 lets an end point have them, 7.4.1 gives the code.
The server `small` takes 1,000 bytes a message, `tiny` 100, `default` 16 MiB."""
import wire
from case import Group, binary, closed, pong, text

group = Group("limits")
MAX = 1000

for size in (MAX - 1, MAX):
    group.add(f"message.{size}", "10.4", f"{size} bytes are within the limit of {MAX}",
              wire.text("x" * size), text("x" * size), server="small")
    group.add(f"fragments.{size}", "10.4", f"{size} bytes in fragments are",
              wire.fragments(wire.BINARY, [b"x" * 500, b"", b"x" * (size - 500)]),
              binary(b"x" * size), server="small")
for size in (MAX + 1, MAX * 2, 65536, 1 << 20):
    for name, opcode in (("text", wire.TEXT), ("binary", wire.BINARY)):
        group.add(f"too-big.{name}.{size}", "7.4.1", f"a {name} of {size} bytes: 1009",
                  wire.frame(opcode, b"x" * size), closed(1009), server="small",
                  cuts=("whole", "frames", "random"))
for size in (99, 100):
    group.add(f"tiny.{size}", "10.4", f"{size} bytes are within a limit of 100",
              wire.text("x" * size), text("x" * size), server="tiny")
for size in (101, 125):  # Lengths of one byte.
    group.add(f"tiny.{size}", "7.4.1", f"{size} bytes are over it: 1009",
              wire.text("x" * size), closed(1009), server="tiny")
    group.add(f"tiny.binary.{size}", "7.4.1", f"also as binary data: {size}",
              wire.binary(b"x" * size), closed(1009), server="tiny")
for name, claim in (("one-more", MAX + 1), ("16m", 1 << 24), ("2g", 1 << 31),
                    ("4g", 1 << 32), ("2-to-62", 1 << 62), ("2-to-63-less-1", (1 << 63) - 1)):
    group.add(f"claim.{name}", "10.4", f"a header that claims {claim} bytes fails at once",
              wire.frame(wire.BINARY, length=claim), closed(1009), server="small")
    group.add(f"claim-text.{name}", "10.4", f"also of a text, with some of it: {claim}",
              wire.frame(wire.TEXT, "begin", length=claim), closed(1009), server="small")
    group.add(f"claim-fragment.{name}", "10.4", f"also of a fragment: {claim}",
              wire.text("x", fin=False), wire.ping("alive"), pong("alive"),
              wire.frame(0, length=claim), closed(1009), server="small")
for claim in ((1 << 24) + 1, 1 << 32, 1 << 62):
    group.add(f"default-claim.{claim}", "10.4",
              f"a server without options refuses {claim} bytes at the header",
              wire.frame(wire.BINARY, length=claim), closed(1009))
group.add("sum.over", "10.4", "fragments are counted together, at the header",
          wire.text("x" * 600, fin=False), wire.ping(), pong(), wire.frame(0, length=401),
          closed(1009), server="small")
group.add("sum.many", "10.4", "many small ones are, too",
          b"".join(wire.frame(0 if n else wire.BINARY, b"x" * 10, fin=False)
                   for n in range(100)), wire.ping(), pong(), wire.more("y"), closed(1009),
          server="small")
group.add("fresh", "10.4", "the next message has the whole limit again",
          *(wire.text("x" * MAX) for _ in range(5)), *(text("x" * MAX) for _ in range(5)),
          server="small")
group.add("control-is-free", "10.4", "control frames do not count",
          wire.text("x" * 600, fin=False), wire.ping("p" * 125), wire.ping("p" * 125),
          wire.ping("p" * 125), wire.ping("p" * 125), *(pong("p" * 125) for _ in range(4)),
          wire.more("x" * 400), text("x" * 1000), server="small")
group.add("after-too-big", "7.1.7", "what follows is not answered",
          wire.binary(b"x" * 1001) + wire.text("unread"), closed(1009), server="small")

ONE = ("whole",)
LARGE = ("\u20ac uro " * 2400000).encode()  # 8 bytes a time
for shift in (16, 18, 20, 22, 23, 24):
    size = 1 << shift
    group.add(f"large.text.{size}", "10.4", f"a text of {size} bytes comes back whole",
              wire.text(LARGE[:size]), text(LARGE[:size]), cuts=ONE)
    group.add(f"large.binary.{size}", "10.4", f"binary data of {size} bytes, too",
              wire.binary(LARGE[3:size + 3]), binary(LARGE[3:size + 3]), cuts=ONE)
for size in (64, 256, 1024, 4096, 16384, 65536, 1 << 20):
    for name, opcode, event in (("text", wire.TEXT, text), ("binary", wire.BINARY, binary)):
        body = LARGE[:1 << 22]
        group.add(f"large.fragments.{name}.{size}", "5.4",
                  f"a {name} of 4 MiB in frames of {size} bytes",
                  wire.fragments(opcode, [body[at:at + size]
                                          for at in range(0, len(body), size)]),
                  event(body), cuts=ONE)
for piece in (128, 1024, 8192):
    group.add(f"large.chopped.{piece}", "6.2", f"1 MiB written {piece} bytes at a time",
              wire.text(LARGE[:1 << 20]), text(LARGE[:1 << 20]), cuts=(piece,))

"""Control frames: RFC 6455 sections 5.5, 5.5.2 and 5.5.3."""
import wire
from case import Group, binary, closed, pong, text

group = Group("control")

for size in (0, 1, 2, 7, 8, 9, 64, 124, 125):
    group.add(f"ping.{size}", "5.5.2", f"a ping of {size} bytes, answered with the same",
              wire.ping(b"p" * size), pong(b"p" * size))
for name, payload in (("binary", bytes(range(125))), ("not-utf8", b"\xc0\x80\xff\xfe"),
                      ("zeros", bytes(50)), ("text", "\u20ac \U0001f600"),
                      ("like-close", b"\x03\xe8")):
    group.add(f"ping.payload.{name}", "5.5.2", f"any payload comes back: {name}",
              wire.ping(payload), pong(payload))
for count in (2, 10, 100):
    group.add(f"ping.many.{count}", "5.5.2", f"{count} pings, each answered, in order",
              b"".join(wire.ping(f"ping {n}") for n in range(count)),
              *(pong(f"ping {n}") for n in range(count)))
group.add("ping.between-messages", "5.5.2", "pongs keep their place among messages",
          wire.text("1"), wire.ping("2"), wire.binary("3"), wire.ping("4"), wire.text("5"),
          text("1"), pong("2"), binary("3"), pong("4"), text("5"))
group.add("ping.during-large", "5.5.2", "a ping behind a large message",
          wire.binary(b"x" * 300000), wire.ping("behind"), binary(b"x" * 300000),
          pong("behind"), cuts=("whole", "frames", "random"))
group.add("ping.waits-for-payload", "5.5.2", "a ping is answered once it is whole",
          wire.ping("12345678")[:9], wire.ping("12345678")[9:], pong("12345678"))

for size in (0, 1, 125):
    group.add(f"pong.unsolicited.{size}", "5.5.3",
              f"a pong of {size} bytes that nobody asked for changes nothing",
              wire.pong(b"x" * size), wire.text("still here"), text("still here"))
group.add("pong.unsolicited.many", "5.5.3", "fifty of them",
          b"".join(wire.pong(f"{n}") for n in range(50)), wire.ping("?"), pong("?"))
group.add("pong.not-utf8", "5.5.3", "its payload may be any bytes",
          wire.pong(b"\xff\xc0"), wire.ping("?"), pong("?"))
group.add("pong.then-ping", "5.5.3", "pong, ping, pong",
          wire.pong("1"), wire.ping("2"), wire.pong("3"), pong("2"))

for name, opcode in (("ping", wire.PING), ("pong", wire.PONG), ("close", wire.CLOSE)):
    body = b"\x03\xe8" if opcode == wire.CLOSE else b""
    for size in (126, 127, 256, 65535, 65536):
        group.add(f"too-long.{name}.{size}", "5.5",
                  f"a {name} of {size} bytes fails the connection",
                  wire.frame(opcode, body + b"x" * (size - len(body))), closed(1002))
    group.add(f"too-long.{name}.header-only", "5.5",
              f"a {name}'s length is judged before its payload has come",
              wire.frame(opcode, b"", length=126)[:2], closed(1002))
    for width in (16, 64):
        group.add(f"wide-length.{name}.{width}", "5.5",
                  f"a {name}'s length in {width} bits fails the connection",
                  wire.frame(opcode, body, width=width), closed(1002))

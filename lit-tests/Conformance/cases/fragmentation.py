"""Fragmentation: RFC 6455 section 5.4."""
import wire
from case import FINISH, ONLY_END, Group, binary, closed, pong, text

group = Group("fragmentation")
WORDS = "Fragments: \u00e9, \u20ac and \U0001f600 in one message. "


def cut(payload, count):
    """In `count` pieces of about one size; some may be empty."""
    return [payload[len(payload) * n // count:len(payload) * (n + 1) // count]
            for n in range(count)]


for count in (1, 2, 3, 4, 7, 16, 100):
    body = (WORDS * 5).encode()
    group.add(f"text.{count}", "5.4", f"a text in {count} frames, characters cut",
              wire.fragments(wire.TEXT, cut(body, count)), text(body))
    group.add(f"binary.{count}", "5.4", f"binary data in {count} frames",
              wire.fragments(wire.BINARY, cut(bytes(range(256)), count)),
              binary(bytes(range(256))))
group.add("bytewise", "5.4", "a text in frames of one byte each",
          wire.fragments(wire.TEXT, [bytes([b]) for b in WORDS.encode()]), text(WORDS))
for name, parts in (("first", ["", "Hel", "lo"]), ("middle", ["Hel", "", "lo"]),
                    ("last", ["Hel", "lo", ""]), ("all", ["", "", ""]),
                    ("two", ["", ""]), ("around", ["", "Hello", ""]),
                    ("many", [""] * 200 + ["Hello"] + [""] * 200)):
    group.add(f"empty.{name}", "5.4", f"empty fragments: {name}",
              wire.fragments(wire.TEXT, parts), text("".join(parts)))
    group.add(f"empty-binary.{name}", "5.4", f"empty fragments, binary: {name}",
              wire.fragments(wire.BINARY, parts), binary("".join(parts)))
for size in (125, 126, 65535, 65536, 200000):
    group.add(f"large.{size}", "5.4", f"three fragments of {size} bytes",
              wire.fragments(wire.BINARY, [bytes([n]) * size for n in range(3)]),
              binary(b"".join(bytes([n]) * size for n in range(3))),
              cuts=("whole", "frames", "random"))
group.add("two-messages", "5.4", "one fragmented message after another, of two types",
          wire.fragments(wire.TEXT, ["a", "b"]), wire.fragments(wire.BINARY, ["c", "d"]),
          wire.text("e"), text("ab"), binary("cd"), text("e"))

# Control frames may come between fragments (5.4) and are answered at once (5.5.2).
group.add("ping.one", "5.4", "a ping between fragments is answered before the message",
          wire.text("Hel", fin=False), wire.ping("now"), pong("now"), wire.more("lo"),
          text("Hello"))
group.add("ping.each", "5.4", "a ping behind every fragment",
          *(piece for n in range(8) for piece in
            (wire.frame(wire.TEXT if n == 0 else 0, str(n), fin=False),
             wire.ping(str(n)), pong(str(n)))), wire.more("."), text("01234567."))
group.add("ping.large", "5.4", "a ping of 125 bytes between fragments",
          wire.binary("Hel", fin=False), wire.ping("p" * 125), pong("p" * 125),
          wire.more("lo"), binary("Hello"))
group.add("ping.in-character", "5.4", "a ping in the middle of a character",
          wire.text(b"\xf0\x9f", fin=False), wire.ping(b"\xff\xfe"), pong(b"\xff\xfe"),
          wire.more(b"\x98\x80"), text("\U0001f600"))
group.add("ping.empty-fragment", "5.4", "a ping between empty fragments",
          wire.text("", fin=False), wire.ping(), pong(), wire.more("", fin=False),
          wire.ping("2"), pong("2"), wire.more(), text(""))
group.add("pong.between", "5.4", "pongs that nobody asked for between fragments",
          wire.text("Hel", fin=False), wire.pong("?"), wire.pong(), wire.more("lo"),
          text("Hello"))
group.add("close.between", "5.4", "a close frame between fragments is answered",
          wire.text("never answered", fin=False), wire.close(1000), closed(1000))
group.add("close.empty-between", "5.4", "an empty close frame between fragments",
          wire.binary("never answered", fin=False), wire.close(), closed())

for name, before in (("at-first", ()), ("after-text", (wire.text("done"), text("done"))),
                     ("after-ping", (wire.ping(), pong())),
                     ("after-fragments", (wire.fragments(wire.TEXT, ["a", "b"]),
                                          text("ab")))):
    for kind, fin in (("last", True), ("more-to-come", False)):
        group.add(f"continuation.{name}.{kind}", "5.4",
                  f"nothing to continue: {name}, {kind}", *before,
                  wire.more("orphan", fin=fin), wire.more("orphan"), closed(1002))
for name, parts in (
        ("text-in-text", (wire.text("a", fin=False), wire.text("b"))),
        ("binary-in-text", (wire.text("a", fin=False), wire.binary("b"))),
        ("text-in-binary", (wire.binary("a", fin=False), wire.text("b"))),
        ("binary-in-binary", (wire.binary("a", fin=False), wire.binary("b"))),
        ("unfinished-in-text", (wire.text("a", fin=False), wire.text("b", fin=False))),
        ("after-empty", (wire.text("", fin=False), wire.text("b"))),
        ("after-continuation", (wire.text("a", fin=False), wire.more("b", fin=False),
                                wire.text("c"))),
        ("after-ping", (wire.text("a", fin=False), wire.ping("x"), pong("x"),
                        wire.text("c")))):
    group.add(f"interleaved.{name}", "5.4", f"messages may not be interleaved: {name}",
              *parts, wire.more("unread"), closed(1002))
for name, opcode in (("ping", wire.PING), ("pong", wire.PONG), ("close", wire.CLOSE)):
    body = b"\x03\xe8" if opcode == wire.CLOSE else b"x"
    group.add(f"control.{name}", "5.5", f"a fragmented {name} fails the connection",
              wire.frame(opcode, body, fin=False), wire.more("x"), closed(1002))
    group.add(f"control.{name}.in-message", "5.5",
              f"a fragmented {name} inside a fragmented message",
              wire.text("a", fin=False), wire.frame(opcode, body, fin=False),
              closed(1002))
group.add("control.first-byte", "5.5", "it fails before the header is complete",
          wire.ping(fin=False)[:1], closed(1002))

group.add("lost.in-message", "7.1.4", "a client that is gone inside a message",
          wire.text("Hel", fin=False), FINISH, ONLY_END)
group.add("lost.in-frame", "7.1.4", "a client that is gone inside a frame",
          wire.text("Hello")[:-2], FINISH, ONLY_END)
group.add("lost.in-header", "7.1.4", "a client that is gone inside a header",
          wire.binary("x" * 200)[:3], FINISH, ONLY_END)

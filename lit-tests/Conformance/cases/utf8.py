"""UTF-8: RFC 6455 section 8.1, RFC 3629. What is not UTF-8 fails the connection at
its first wrong byte, whatever of the frame or the message is still to come."""
import wire
from case import Group, binary, closed, pong, text

group = Group("utf8")

VALID = {
    "ascii": "Hello, world", "nul": "a\0b", "controls": "".join(map(chr, range(32))),
    "u7f": "\x7f", "u80": "\x80", "u7ff": "\u07ff", "u800": "\u0800",
    "ufff": "\u0fff", "u1000": "\u1000", "ucfff": "\ucfff", "ud000": "\ud000",
    "ud7ff": "\ud7ff", "ue000": "\ue000", "ufffd": "\ufffd", "ufffe": "\ufffe",
    "uffff": "\uffff", "u10000": "\U00010000", "u3ffff": "\U0003ffff",
    "u40000": "\U00040000", "uffff0": "\U000ffff0", "u100000": "\U00100000",
    "u10ffff": "\U0010ffff", "bom": "\ufeffx", "greek": "\u03ba\u1f79\u03c3\u03bc\u03b5",
    "latin": "Hello-\u00b5@\u00df\u00f6\u00e4\u00fc\u00e0\u00e1-UTF-8!!",
    "combining": "e\u0301\u0327", "noncharacters": "\ufdd0\ufdef\U0001fffe\U0001ffff",
    "emoji": "\U0001f469\u200d\U0001f4bb\U0001f1e9\U0001f1ea",
    "mixed": "a\u00e9\u20ac\U0001f600" * 40,
    "long-ascii-then-one": "x" * 300 + "\u00e9", "one-then-long-ascii": "\u00e9" + "x" * 300,
}

# What is wrong, behind what may stand before it: its last byte is the first
# that no continuation could make valid.
INVALID = {
    "lone-80": "80", "lone-bf": "bf", "lone-in-ascii": "41 80",
    "lone-after-two": "c3 a9 a9", "lone-after-three": "e2 82 ac 80",
    "lone-after-four": "f0 9f 98 80 80",
    "c0": "c0", "c1": "c1", "f5": "f5", "f6": "f6", "f7": "f7", "f8": "f8", "fb": "fb",
    "fc": "fc", "fd": "fd", "fe": "fe", "ff": "ff",
    "two-then-ascii": "c3 41", "two-then-start": "c3 c3",
    "three-then-ascii": "e2 41", "three-two-then-ascii": "e2 82 41",
    "three-two-then-start": "e2 82 e2",
    "four-then-ascii": "f0 41", "four-two-then-ascii": "f0 9f 41",
    "four-three-then-ascii": "f0 9f 98 41", "four-three-then-start": "f0 9f 98 f0",
    "overlong-2f": "c0", "overlong-e0-80": "e0 80", "overlong-e0-9f": "e0 9f",
    "overlong-f0-80": "f0 80", "overlong-f0-8f": "f0 8f",
    "surrogate-d800": "ed a0", "surrogate-db7f": "ed ad", "surrogate-dfff": "ed bf",
    "above-10ffff": "f4 90", "above-f4-bf": "f4 bf", "end-is-start": "f0 9f 98 c0",
}

# Characters that a message ends inside of.
CUT = {"two": "c3", "three-one": "e2", "three-two": "e2 82", "four-one": "f0",
       "four-two": "f0 9f", "four-three": "f0 9f 98", "behind-others": "c3 a9 e2 82",
       "e0": "e0", "ed": "ed", "f4": "f4", "f4-8f": "f4 8f", "f4-8f-bf": "f4 8f bf"}


def split(payload, size):
    return [payload[at:at + size] for at in range(0, len(payload), size)]


for name, words in VALID.items():
    body = words.encode()
    group.add(f"valid.{name}", "8.1", f"valid text: {name}", wire.text(body), text(body))
    group.add(f"valid-fragments.{name}", "8.1",
              f"valid text, a frame for every byte, or seventh: {name}",
              wire.fragments(wire.TEXT, split(body, 1 if len(body) < 60 else 7)),
              text(body))

for name, digits in INVALID.items():
    bad = bytes.fromhex(digits)
    for place, before in (("alone", b""), ("behind", "\u20ac some words ".encode())):
        group.add(f"invalid.{name}.{place}", "8.1",
                  f"{digits} in a whole frame, {place}",
                  wire.text(before + bad + b" and more"), closed(1007))
    group.add(f"fail-fast.{name}", "8.1",
              f"{digits} fails though most of the frame has not come",
              wire.text("words " + "\u00e9", fin=False),
              wire.frame(0, bad, length=1000), closed(1007))
    group.add(f"first-fragment.{name}", "8.1",
              f"{digits} in a first fragment fails before the message ends",
              wire.text(bad, fin=False), closed(1007))
    if len(bad) > 1:
        # All but the last byte is well: the connection answers, then it fails.
        group.add(f"split.{name}", "8.1", f"{digits}, its last byte in another frame",
                  wire.text(bad[:-1], fin=False), wire.ping("fine so far"),
                  pong("fine so far"), wire.frame(0, bad[-1:], fin=False), closed(1007))
for name, digits in CUT.items():
    bad = bytes.fromhex(digits)
    group.add(f"cut.{name}.frame", "8.1", f"a text may not end with {digits}",
              wire.text(bad), closed(1007))
    group.add(f"cut.{name}.fragments", "8.1", f"nor when a later fragment does: {digits}",
              wire.text("ok", fin=False), wire.ping(), pong(), wire.more(bad), closed(1007))
    group.add(f"cut.{name}.empty-last", "8.1",
              f"nor when an empty fragment is the last: {digits}",
              wire.text(bad, fin=False), wire.ping(), pong(), wire.more(), closed(1007))
    group.add(f"cut.{name}.reason", "5.5.1", f"nor may a close frame's reason: {digits}",
              wire.close(1000, bad), closed(1007))

group.add("next-message.is-fresh", "8.1", "a message does not continue the one before",
          wire.text("\u00e9"), wire.text("\u20ac"), wire.text(b"\xa9"), text("\u00e9"),
          text("\u20ac"), closed(1007))
group.add("binary.is-not-text", "5.6", "binary data may be anything",
          wire.binary(b"\xff\xfe\xc0\x80\xed\xa0\x80"),
          binary(b"\xff\xfe\xc0\x80\xed\xa0\x80"))
group.add("binary.fragments", "5.6", "also in fragments",
          wire.fragments(wire.BINARY, [b"\xf0", b"\xff", b"\x80"]), binary(b"\xf0\xff\x80"))
group.add("late.64k", "8.1", "one wrong byte at the end of 64 KiB",
          wire.text(b"x" * 65535 + b"\xff"), closed(1007), cuts=("whole", "random"))
group.add("late.fail-fast", "8.1", "one wrong byte, 300,000 of 1,000,000 bytes have come",
          wire.frame(wire.TEXT, b"x" * 299999 + b"\xff", length=1000000), closed(1007),
          cuts=("whole", "random"))
group.add("large.all", "8.1", "every character of Unicode in one message",
          wire.text("".join(chr(c) for c in range(0x110000) if c & 0x1ff800 != 0xd800)[
              :200000]),
          text("".join(chr(c) for c in range(0x110000) if c & 0x1ff800 != 0xd800)[:200000]),
          cuts=("whole", "random"))

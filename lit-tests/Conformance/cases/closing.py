"""Closing: RFC 6455 sections 5.5.1, 7.1 and 7.4. In every case the server ends the
TCP connection, and first (7.1.1): the runner waits for that."""
import wire
from case import (END, FINISH, ONLY_END, RESET, Group, binary, closed, pong, text)

group = Group("closing")
VALID = (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000,
         3500, 3999, 4000, 4500, 4999)
INVALID = (0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1100, 1999, 2000, 2999, 5000, 9999,
           65535)

for code in VALID:
    group.add(f"code.{code}", "7.4", f"the code {code} is answered with itself",
              wire.close(code), closed(code))
    group.add(f"code.{code}.reason", "7.1.6", f"the code {code} with a reason",
              wire.close(code, "so long \u20ac"), closed(code))
for code in INVALID:
    clause = "7.4.1" if code in (1004, 1005, 1006, 1015) else "7.4.2"
    group.add(f"bad-code.{code}", clause, f"the code {code} must not be sent",
              wire.close(code), closed(1002))
    group.add(f"bad-code.{code}.reason", clause, f"the code {code} with a reason",
              wire.close(code, "why"), closed(1002))
group.add("empty", "5.5.1", "a close frame without a code is answered without one",
          wire.close(), closed())
for byte in (0, 3, 255):
    group.add(f"one-byte.{byte}", "5.5.1", "a body of one byte is no code",
              wire.frame(wire.CLOSE, bytes([byte])), closed(1002))
for size in (1, 2, 50, 122, 123):
    group.add(f"reason.{size}", "5.5", f"a reason of {size} bytes",
              wire.close(1000, "r" * size), closed(1000))
group.add("reason.124", "5.5", "a reason of 124 bytes is one too long",
          wire.close(1000, "r" * 124), closed(1002))
group.add("reason.nul", "5.5.1", "a reason may have any character",
          wire.close(1000, "a\0b"), closed(1000))
for name, reason in (("lone", b"\x80"), ("overlong", b"\xc0\xaf"), ("ff", b"ok \xff"),
                     ("surrogate", b"\xed\xa0\x80"), ("above", b"\xf4\x90\x80\x80")):
    group.add(f"reason.{name}", "5.5.1", f"a reason that is not UTF-8: {name}",
              wire.close(1000, reason), closed(1007))

for name, extra in (("text", wire.text("unread")), ("binary", wire.binary("unread")),
                    ("ping", wire.ping("unread")), ("close", wire.close(1001)),
                    ("garbage", b"\xff" * 40), ("half-frame", wire.text("unread")[:-3]),
                    ("fragment", wire.text("unread", fin=False)),
                    ("megabyte", wire.binary(b"x" * (1 << 20)))):
    group.add(f"after-close.{name}", "5.5.1", f"what follows a close frame: {name}",
              wire.close(1000) + extra, closed(1000))
group.add("after-failure.text", "7.1.7", "what follows a failure is not answered",
          wire.frame(3) + wire.text("unread") + wire.ping("unread"), closed(1002))
group.add("after-failure.close", "7.1.7", "not even a close frame is",
          wire.frame(3) + wire.close(1000), closed(1002))
group.add("after-failure.megabyte", "7.1.7", "the close frame arrives though much follows",
          wire.frame(3) + wire.binary(b"x" * (1 << 20)), closed(1002))
group.add("before.text", "7.1.3", "messages in front of a close frame are answered",
          wire.text("1") + wire.binary("2") + wire.close(1000), text("1"), binary("2"),
          closed(1000))
group.add("before.ping", "5.5.2", "a ping in front of a close frame is answered",
          wire.ping("?") + wire.close(1000), pong("?"), closed(1000))
group.add("before.large", "7.1.3", "a large message in front of it is, too",
          wire.binary(b"x" * 500000) + wire.close(1000), binary(b"x" * 500000),
          closed(1000), cuts=("whole", "frames", "random"))
group.add("before.hundred", "7.1.3", "a hundred messages in front of it are",
          b"".join(wire.text(f"{n}") for n in range(100)) + wire.close(3000),
          *(text(f"{n}") for n in range(100)), closed(3000))

group.add("half-close.after-close", "7.1.1", "a client that ends its side behind its "
          "close frame gets the answer", wire.close(1000), FINISH, closed(1000))
group.add("half-close.after-text", "7.1.4", "a client that ends its side behind a message",
          wire.text("answer me"), text("answer me"), FINISH, ONLY_END)
group.add("half-close.at-once", "7.1.4", "a client that ends its side without a frame",
          FINISH, ONLY_END)
group.add("reset.idle", "7.2.1", "a reset of an idle connection harms nobody", RESET)
group.add("reset.in-frame", "7.2.1", "a reset inside a frame harms nobody",
          wire.text("Hello")[:-2], RESET)
group.add("reset.after-text", "7.2.1", "a reset with answers under way harms nobody",
          wire.binary(b"x" * 900000), RESET)
group.add("reset.after-close", "7.2.1", "a reset behind a close frame harms nobody",
          wire.close(1000), RESET)
group.add("server-first", "7.1.1", "the server ends the TCP connection, not the client",
          wire.close(1000), closed(1000), END)

"""Reserved bits and opcodes: RFC 6455 section 5.2. No extension is agreed on."""
import wire
from case import Group, closed, pong, text

group = Group("reserved")
FRAMES = {"text": (wire.TEXT, "Hello"), "binary": (wire.BINARY, b"\0\1"),
          "ping": (wire.PING, "Hello"), "pong": (wire.PONG, ""),
          "close": (wire.CLOSE, b"\x03\xe8"), "empty": (wire.TEXT, "")}

for bits in range(1, 8):
    for name, (opcode, payload) in FRAMES.items():
        group.add(f"rsv{bits}.{name}", "5.2",
                  f"reserved bits {bits:03b} of a {name} frame fail the connection",
                  wire.frame(opcode, payload, rsv=bits << 4), closed(1002))
    group.add(f"rsv{bits}.after-text", "5.2",
              f"reserved bits {bits:03b} behind a good message, which is answered",
              wire.text("good"), wire.text("bad", rsv=bits << 4), wire.text("unread"),
              text("good"), closed(1002))
    group.add(f"rsv{bits}.continuation", "5.2",
              f"reserved bits {bits:03b} of a later fragment",
              wire.text("go", fin=False), wire.more("od", rsv=bits << 4), closed(1002))

for opcode in (3, 4, 5, 6, 7, 11, 12, 13, 14, 15):
    kind = "control" if opcode & 8 else "data"
    group.add(f"opcode.{opcode}.empty", "5.2", f"{kind} opcode {opcode:#x}",
              wire.frame(opcode), closed(1002))
    group.add(f"opcode.{opcode}.payload", "5.2", f"{kind} opcode {opcode:#x} with data",
              wire.frame(opcode, "data that is not read"), closed(1002))
    group.add(f"opcode.{opcode}.after-text", "5.2",
              f"{kind} opcode {opcode:#x} behind a good message, which is answered",
              wire.text("good"), wire.frame(opcode), wire.ping("unread"),
              text("good"), closed(1002))
    group.add(f"opcode.{opcode}.between-fragments", "5.2",
              f"{kind} opcode {opcode:#x} inside a fragmented message",
              wire.text("go", fin=False), wire.ping("!"), pong("!"),
              wire.frame(opcode), wire.more("od"), closed(1002))
    group.add(f"opcode.{opcode}.first-byte", "5.2",
              f"{kind} opcode {opcode:#x} fails before its header is complete",
              wire.frame(opcode)[:1], closed(1002))

"""A client that may behave in any way: framing of its own on a socket that does
not block, and what it knows of its stays in rooms."""
import select
import socket
import struct
import time

from ledger import Stay, Wrong

LINGER_OFF = struct.pack("ii", 1, 0)
REQUEST = ("GET /?id=%d HTTP/1.1\r\nHost: chaos\r\nUpgrade: websocket\r\nConnection: "
           "Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
           "dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n")
IP_BIND_ADDRESS_NO_PORT = 24


def frame(opcode, payload):
    """Masked with zeros: the server undoes any key."""
    size = len(payload)
    head = bytes([0x80 | opcode, 0x80 | size]) if size < 126 else struct.pack(
        ">BBH", 0x80 | opcode, 0xfe, size)
    return head + b"\0\0\0\0" + payload


class Peer:
    """One of chaos.py's World, which it tells what comes."""

    def __init__(self, world, number, address, small=False):
        self.world, self.number = world, number
        self.stays, self.said = {}, []
        self.small = small    # its socket takes little at a time
        self.inbox, self.outbox = b"", (REQUEST % number).encode()
        self.open = False     # the handshake is done
        self.expect = None    # how the server must end it: a close code
        self.asked_at = None  # since when
        self.careless = False # it has been slow, or gone: the server may end it
        self.paused_until = 0
        self.bite = 1 << 16   # bytes of one read
        self.code = None
        self.failure = None   # what the socket said at the end
        self.socket = socket.socket()
        self.socket.setblocking(False)
        if small:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.setsockopt(socket.IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, 1)
        self.socket.bind((address, 0))
        self.socket.connect_ex(("127.0.0.1", world.port))
        self.fd = self.socket.fileno()
        world.peers[self.fd] = self
        world.epoll.register(self.fd, select.EPOLLIN | select.EPOLLOUT)

    def watch(self):
        events = 0 if self.paused_until else select.EPOLLIN
        if self.outbox:
            events |= select.EPOLLOUT
        self.world.epoll.modify(self.fd, events)

    def send(self, data):
        waited = bool(self.outbox)
        self.outbox += data
        if not waited and self.open:
            self.flush()

    def text(self, words):
        self.send(frame(1, words.encode()))

    def flush(self):
        try:
            sent = self.socket.send(self.outbox)
        except BlockingIOError:
            sent = 0
        except OSError:
            return  # Reading says the rest.
        had = bool(self.outbox)
        self.outbox = self.outbox[sent:]
        if had != bool(self.outbox) or self.outbox:
            self.watch()

    def ready(self, events):
        if events & select.EPOLLOUT:
            self.flush()
            if not self.outbox:
                self.watch()
        if events & (select.EPOLLIN | select.EPOLLHUP | select.EPOLLERR):
            try:
                data = self.socket.recv(self.bite)
            except BlockingIOError:
                return
            except OSError as error:
                data, self.failure = b"", error
            if not data:
                return self.gone()
            self.inbox += data
            self.parse()

    def parse(self):
        data, at, size = self.inbox, 0, len(self.inbox)
        if not self.open:
            end = data.find(b"\r\n\r\n")
            if end < 0:
                return
            if not data.startswith(b"HTTP/1.1 101 "):
                raise Wrong(f"a handshake was answered with {data[:end]!r}")
            self.open, at = True, end + 4
            self.world.opened(self)
        while size - at >= 2:
            first, length = data[at], data[at + 1]
            begin = at + 2
            if length == 126:
                if size - at < 4:
                    break
                length, begin = data[at + 2] << 8 | data[at + 3], at + 4
            elif length > 126:
                raise Wrong("a frame that is too large or masked")
            if size - begin < length:
                break
            payload = data[begin:begin + length]
            at = begin + length
            if first == 0x81:
                self.message(payload)
            elif first == 0x89:
                self.send(frame(10, payload))
            elif first == 0x88:
                self.code = int.from_bytes(payload[:2], "big") if payload else 1005
            else:
                raise Wrong(f"a frame that begins with {first:#x}")
        self.inbox = data[at:]

    def message(self, payload):
        if self.code is not None:
            raise Wrong("a message came behind the close frame")
        if payload[:1] == b"r":
            name, serial, sender, *_ = payload.split(b" ", 3)
            stay = self.stays.get(name)
            if stay is None:
                raise Wrong(f"{name} {serial} came to a client that is not in the room")
            self.world.delivered(self, stay, int(serial), int(sender))
            return
        what, _, name = payload.partition(b" ")
        if what == b"joined":
            stay = self.stays.get(name)
            if stay and stay.serial is None:
                stay.serial = self.world.serial
        elif what == b"left":
            self.world.finish(self.stays.pop(name), True)
        else:
            self.world.told(what, int(name))

    # What it can do.

    def join(self, room):
        self.stays.setdefault(room.name, Stay(room, None))
        self.text("join " + room.name.decode())

    def leave(self, stay):
        stay.asked_to_leave()
        stay.leaving = True
        self.text("leave " + stay.room.name.decode())

    def say(self, room, padding=0):
        self.said.append((room, self.world.serial))
        self.text(f"say {room.name.decode()} {self.world.serial} {self.number} "
                  + "x" * padding)
        self.world.serial += 1

    def ends_with(self, code):
        """It has asked for its end."""
        self.expect, self.asked_at = code, time.monotonic()
        for stay in self.stays.values():
            if not stay.leaving:
                stay.asked_to_leave()

    def close(self):
        self.ends_with(1000)
        self.send(frame(8, (1000).to_bytes(2, "big") + b"bye"))

    def kick(self):
        self.ends_with(4001)
        self.text("kick")

    def misbehave(self, dice):
        bad, code = dice.choice(((b"\xff" * 8, 1002), (frame(3, b"x"), 1002),
                                 (frame(1, b"\xc0\x80"), 1007), (b"\x81\x05Hello", 1002),
                                 (b"\x82\xff\x40" + b"\0" * 11, 1009),
                                 (frame(8, b"\x03\xed"), 1002)))
        self.ends_with(code)
        self.send(bad)

    def finish(self):
        self.careless, self.expect = True, None
        self.flush()
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def reset(self):
        self.careless = True
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, LINGER_OFF)
        self.gone()

    def gone(self):
        self.world.epoll.unregister(self.fd)
        del self.world.peers[self.fd]
        self.socket.close()
        self.world.ended(self)


def address(dice):
    return f"127.{dice.randrange(1, 255)}.{dice.randrange(256)}.{dice.randrange(1, 255)}"

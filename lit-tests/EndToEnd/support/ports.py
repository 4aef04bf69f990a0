"""Ports for servers under test, which no test that runs beside takes away."""
import os
import socket


class ReservedPort:
    """A port for a server that must be told one before it starts.

    While this exists nobody is given `number` who asks for any that is free. It is
    bound and does not listen, so a server that sets SO_REUSEADDR, as servers do, can
    listen on it all the same.
    """

    def __init__(self, address=""):
        self.socket = socket.socket()
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind((address, 0))
        self.number = self.socket.getsockname()[1]

    def close(self):
        self.socket.close()


def listening_port(pid):
    """The IPv4 port that a process listens on, or None. By the kernel's word: what the
    process itself says of it may be read by nobody."""
    sockets = set()
    for fd in os.listdir(f"/proc/{pid}/fd"):
        try:
            sockets.add(os.readlink(f"/proc/{pid}/fd/{fd}"))
        except FileNotFoundError:
            pass  # closed since
    with open(f"/proc/{pid}/net/tcp") as file:
        for line in file.readlines()[1:]:
            words = line.split()
            if words[3] == "0A" and f"socket:[{words[9]}]" in sockets:
                return int(words[1].split(":")[1], 16)
    return None

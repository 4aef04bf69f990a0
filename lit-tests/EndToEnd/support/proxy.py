"""The proxies of docs/serving.md, with its configurations, on ports that are free."""
import asyncio
import os
import re
import subprocess
import sys
import tempfile

from ports import ReservedPort
from server import certificate

STARTS_WITHIN = 60  # seconds


def configurations(page, language):
    """The blocks of a page in a language, as text."""
    with open(page) as file:
        return re.findall(rf"^```{language}\n(.*?)^```$", file.read(),
                          re.MULTILINE | re.DOTALL)


def replaced(text, *pairs):
    """Each must be there: what the page says is what is tested."""
    for old, new in pairs:
        if old not in text:
            raise AssertionError(f"the page's configuration has no {old!r}")
        text = text.replace(old, new)
    return text


class Proxy:
    """async with Proxy(...) as proxy: the process; `port` is where it listens, and
    `server` a port of 127.0.0.1, or the path of a UNIX-domain socket."""

    def __init__(self, text, server):
        self.folder = tempfile.TemporaryDirectory(prefix="plumb-proxy-")
        self.reserved = ReservedPort("127.0.0.1")
        self.port = self.reserved.number
        cert, key = certificate(self.folder.name)
        both = os.path.join(self.folder.name, "both.pem")
        with open(both, "w") as file:
            for path in (cert, key):
                with open(path) as part:
                    file.write(part.read())
        self.certificate = cert
        upstream = (f"127.0.0.1:{server}" if isinstance(server, int)
                    else self.unix.format(server))
        self.configure(replaced(text, ("127.0.0.1:8080", upstream)), cert, key, both)

    def write(self, text):
        path = os.path.join(self.folder.name, "configuration")
        with open(path, "w") as file:
            file.write(text)
        return path

    async def __aenter__(self):
        self.log_path = os.path.join(self.folder.name, "log")
        with open(self.log_path, "wb") as log:
            self.process = subprocess.Popen(
                self.command, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                start_new_session=True)
        try:
            await asyncio.wait_for(self._listens(), STARTS_WITHIN)
        except BaseException:
            self._end(show=True)
            raise
        return self

    async def _listens(self):
        while True:
            if self.process.poll() is not None:
                raise AssertionError(f"{self.command[0]} has ended")
            try:
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                return writer.close()
            except ConnectionRefusedError:
                await asyncio.sleep(0.02)  # a poll of a condition, not a guess

    async def __aexit__(self, kind, *_):
        self._end(show=bool(kind))

    def _end(self, show):
        self.process.terminate()
        self.process.wait()
        if show:
            with open(self.log_path, errors="replace") as log:
                print(f"---- {self.command[0]} said:\n{log.read()}----",
                      file=sys.stderr)
        self.folder.cleanup()
        self.reserved.close()


class Nginx(Proxy):
    unix = "unix:{}:"
    def configure(self, text, cert, key, _):
        text = replaced(
            text, ("listen 443 ssl", f"listen 127.0.0.1:{self.port} ssl"),
            # A machine of tests may have no IPv6.
            ("    listen [::]:443 ssl;\n", ""),
            ("/etc/chat/fullchain.pem", cert), ("/etc/chat/privkey.pem", key))
        here = self.folder.name
        # What Debian's nginx.conf has around it, in this folder.
        user = "user root;\n" if os.geteuid() == 0 else ""
        paths = "".join(f"    {name}_temp_path {here}/{name};\n" for name in
                        ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        self.command = ["/usr/sbin/nginx", "-p", here, "-e", "stderr", "-c", self.write(
            f"{user}daemon off;\npid {here}/pid;\nerror_log stderr;\n"
            "events {}\n"
            f"http {{\n    access_log off;\n{paths}{text}}}\n")]


class HAProxy(Proxy):
    unix = "unix@{}"
    def configure(self, text, _cert, _key, both):
        text = replaced(text, ("bind :443", f"bind 127.0.0.1:{self.port}"))
        if " ssl crt " in text:
            text = replaced(text, ("/etc/chat/chat.pem", both))
        self.command = ["/usr/sbin/haproxy", "-db", "-f", self.write(text)]

"""Servers behind nginx and HAProxy, as docs/serving.md configures them.

usage: proxies.py PAGE COMMAND...
Behind each, a page of the server connects in a browser over TLS, with the origins
that are allowed by default; the server sees the clients' addresses, believes no
header that a client wrote itself, and limits connections by client.
"""
import asyncio
import os
import re
import ssl
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from browser import Browser
from clients import HEADERS, Refused, status_of
from proxy import HAProxy, Nginx, configurations
from server import Server, certificate, expect, run

TRUSTED = {"PLUMB_WS_BIND": "127.0.0.1", "PLUMB_WS_TRUSTED_PROXIES": "127.0.0.1",
           "PLUMB_WS_MAX_CONNECTIONS_PER_ADDRESS": "2"}
FORWARDED = {**TRUSTED, "PLUMB_WS_FORWARDED_HEADERS": "x_forwarded"}
PROXY = {**TRUSTED, "PLUMB_WS_PROXY_PROTOCOL": "on"}
LIES = {"X-Forwarded-For": "6.6.6.6", "Forwarded": "for=6.6.6.6",
        "X-Forwarded-Host": "evil.example", "X-Forwarded-Port": "1"}


class Way:
    """A proxy in front of a server that runs."""

    def __init__(self, proxy, tells_port, trust):
        self.proxy, self.tells_port = proxy, tells_port
        self.tls = ssl.create_default_context(cafile=trust)

    def connect(self, source, origin=None, headers=LIES):
        return websockets.connect(
            f"wss://localhost:{self.proxy.port}/", ssl=self.tls, host="127.0.0.1",
            port=self.proxy.port, local_addr=(source, 0), origin=origin,
            **{HEADERS: headers}, open_timeout=30, close_timeout=30,
            ping_interval=None)

    async def status(self, *arguments, **named):
        try:
            async with self.connect(*arguments, **named):
                return 101
        except Refused as refused:
            return status_of(refused)

    async def browser(self, browser):
        """A page of the server, loaded through the proxy, connects."""
        page = await browser.page(ignore_certificate=True)
        await page.open(f"https://localhost:{self.proxy.port}/")
        await page.wait_for("document.getElementById('address').textContent !== '?'",
                            "an answer")
        shown = await page.evaluate("document.getElementById('address').textContent")
        found = re.fullmatch(r"127\.0\.0\.1:(\d+)", shown)
        expect(bool(found), True, f"an address in {shown!r}")
        expect(int(found.group(1)) != 0, self.tells_port, f"a port in {shown}")

    async def addresses(self):
        async with self.connect("127.0.0.7") as socket:
            await socket.send("?")
            own = socket.local_address[1] if self.tells_port else 0
            expect(await asyncio.wait_for(socket.recv(), 30), f"127.0.0.7:{own}",
                   "the client's address")

    async def origins(self):
        own = f"https://localhost:{self.proxy.port}"
        expect(await self.status("127.0.0.7", own), 101, "the own origin")
        for other in (own.replace("https", "http"), "https://localhost",
                      "https://evil.example"):
            expect(await self.status("127.0.0.7", other), 403, other)

    async def limit(self):
        async with self.connect("127.0.0.8") as one, self.connect("127.0.0.8"):
            expect(await self.status("127.0.0.8"), 429, "a third connection")
            expect(await self.status("127.0.0.9"), 101, "another client's")
            await one.close()
            while await self.status("127.0.0.8") != 101:
                pass  # The server hears of the close a moment later.


class Local(Server):
    """Listens on a UNIX-domain socket alone, which is its `port`."""

    def __init__(self, command, environment, tls=False):
        super().__init__(command, tls=tls)
        os.chmod(self.folder.name, 0o711)  # For the proxy, as another user.
        self.path = os.path.join(self.folder.name, "socket")
        self.environment.update(environment, PLUMB_WS_BIND=f"unix:{self.path}",
                                PLUMB_WS_TRUSTED_PROXIES="unix")

    async def _port(self):
        while f"unix:{self.path} (" not in self.said():
            expect(self.process.poll(), None, "its exit status")
            await asyncio.sleep(0.02)  # a poll of a condition, not a guess
        return self.path


async def behind(browser, kind, text, environment, command, tls=False,
                 listening=Server):
    async with listening(command, tls=tls, environment=environment) as server:
        async with kind(text, server.port) as proxy:
            way = Way(proxy, kind is HAProxy,
                      server.certificate if tls else proxy.certificate)
            await way.browser(browser)
            await way.addresses()
            await way.origins()
            await way.limit()
            expect("a connection of a trusted proxy was closed" in server.said(),
                   False, "a proxy's own connection was refused")


async def main():
    page, command = sys.argv[1], sys.argv[2:]
    (nginx,) = configurations(page, "nginx")
    http, tcp = configurations(page, "haproxy")
    async with Browser() as browser:
        await behind(browser, Nginx, nginx, FORWARDED, command)
        await behind(browser, HAProxy, http, PROXY, command)
        await behind(browser, Nginx, nginx, FORWARDED, command, listening=Local)
        await behind(browser, HAProxy, http, PROXY, command, listening=Local)
        # A header that is written differently, as another version or option does.
        for other in ("send-proxy", "send-proxy-v2"):
            await behind_once(HAProxy, http.replace("send-proxy-v2-ssl", other),
                              command)
        await behind_once(
            HAProxy, http.replace(
                "send-proxy-v2-ssl",
                "send-proxy-v2 proxy-v2-options ssl,cert-cn,crc32c,unique-id,authority"),
            command)
        await behind(browser, HAProxy, tcp, PROXY, command, tls=True)
    print("ok: proxies", flush=True)


async def behind_once(kind, text, command):
    async with Server(command, environment=PROXY) as server:
        async with kind(text, server.port) as proxy:
            await Way(proxy, True, proxy.certificate).addresses()


run(main())

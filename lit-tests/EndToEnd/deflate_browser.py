"""Messages compressed between examples/loadtarget.mlir and headless Chromium.

usage: deflate_browser.py [--tls] COMMAND...
"""
import asyncio
import os
import re
import sys
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
from browser import Browser
from server import Server, expect, run

ENVIRONMENT = {"PLUMB_WS_DEFLATE": "on", "PLUMB_WS_ADMIN_PORT": "0"}

# What a page has: sockets, and what each of them was sent.
SCRIPT = """
class Talker {
  constructor(url) {
    this.inbox = [];
    this.waiting = [];
    this.socket = new WebSocket(url);
    this.socket.onmessage = (event) => {
      const next = this.waiting.shift();
      next ? next(event.data) : this.inbox.push(event.data);
    };
    this.opened = new Promise((done, fail) => {
      this.socket.onopen = () => done(this.socket.extensions);
      this.socket.onclose = (event) => fail(`closed with ${event.code}`);
    });
  }
  async next() {
    return this.inbox.shift() ?? new Promise((done) => this.waiting.push(done));
  }
}
globalThis.talkers = [new Talker(URL_OF_SERVER), new Talker(URL_OF_SERVER)];
// Words, a few of which are not ASCII.
globalThis.words = (count) => Array.from({length: count},
    (_, i) => `${i * 7919 % 97} Käse`).join(', ');
Promise.all(talkers.map((talker) => talker.opened))
"""


async def counters(server):
    """What the admin port says of compression."""
    port = re.search(r"admin on http://127\.0\.0\.1:(\d+)", server.said()).group(1)
    text = await asyncio.get_running_loop().run_in_executor(
        None, lambda: urllib.request.urlopen(
            f"http://127.0.0.1:{port}/metrics", timeout=30).read().decode())
    return {name: int(value) for name, value in re.findall(
        r"^plumb_(\w+)_total(?:\{reason=\"ratio\"\})? (\d+)$", text, re.M)
        if "flate" in name}


async def talk(page, server):
    # A page of the server's own origin, though there is none.
    await page.open(server.url(scheme="http"))
    extensions = await page.evaluate(
        SCRIPT.replace("URL_OF_SERVER", repr(server.url())))
    for agreed in extensions:
        expect(agreed, "permessage-deflate", "WebSocket.extensions")

    # The last says the same again, and refers to what was said.
    before = await counters(server)
    expect(before["messages_deflated"], 0, "messages compressed so far")
    for count in (1, 30, 3000, 3000):
        wanted = await page.evaluate(f"words({count})")
        got = await page.evaluate(
            f"talkers[0].socket.send('echo ' + words({count})), talkers[0].next()")
        expect(got, wanted, f"the echo of {count} words")
    after = await counters(server)
    # Chromium compresses whatever it sends; the short echo goes out plain.
    expect(after["messages_inflated"], 4, "messages that came compressed")
    expect(after["messages_deflated"], 3, "messages that went out compressed")
    expect(0 < after["inflate_input_bytes"] < after["inflate_output_bytes"] // 3,
           True, f"sizes of what came: {after}")
    expect(0 < after["deflate_output_bytes"] < after["deflate_input_bytes"] // 3,
           True, f"sizes of what went: {after}")

    # A room's message is compressed once, and both get it.
    heard = await page.evaluate("""(async () => {
      for (const talker of talkers) {
        talker.socket.send('join room');
        // Answers come in order, so it has joined.
        talker.socket.send('echo joined');
        await talker.next();
      }
      talkers[1].socket.send('say ' + words(500));
      return Promise.all(talkers.map((talker) => talker.next()));
    })()""")
    wanted = await page.evaluate("words(500)")
    expect(heard, [wanted, wanted], "what the members heard")
    last = await counters(server)
    expect(last["messages_deflated"], after["messages_deflated"] + 1,
           "compressions of a message of the room")
    expect(last["inflate_failures"], 0, "messages refused by ratio")


async def main():
    arguments = sys.argv[1:]
    tls = arguments[0] == "--tls"
    command = arguments[1:] if tls else arguments
    async with Browser() as browser:
        async with Server(command, tls, ENVIRONMENT) as server:
            page = await browser.page(ignore_certificate=tls)
            await talk(page, server)
    print("ok: a browser", flush=True)


run(main())

"""Headless Chromium, driven over the Chrome DevTools protocol."""
import asyncio
import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile

import websockets

STARTS_WITHIN = 60  # seconds
WAITS = 30

FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic",
         "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync",
         "--disable-dev-shm-usage", "--hide-scrollbars", "--mute-audio",
         "--remote-debugging-port=0"]


class Page:
    """A tab with storage of its own, as another person's browser has."""

    def __init__(self, browser, session, context):
        self.browser, self.session, self.context = browser, session, context

    async def call(self, method, **parameters):
        return await self.browser.call(method, parameters, self.session)

    async def evaluate(self, expression):
        """The value of a JavaScript expression, awaited when a promise."""
        answer = await self.call("Runtime.evaluate", expression=expression,
                                 returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise AssertionError(f"{expression}: "
                                 f"{json.dumps(answer['exceptionDetails'])[:600]}")
        return answer["result"].get("value")

    async def wait_for(self, condition, what):
        """Until a JavaScript condition holds; it is asked at each change."""
        held = await self.evaluate(
            "new Promise((done) => { const ask = () => { try { return !!(%s) } "
            "catch { return false } };"
            " if (ask()) return done(true);"
            " const end = (value) => { watch.disconnect(); clearInterval(tick);"
            " clearTimeout(limit); done(value); };"
            " const again = () => { if (ask()) end(true); };"
            " const watch = new MutationObserver(again);"
            " watch.observe(document, {subtree: true, childList: true,"
            " attributes: true, characterData: true});"
            " const tick = setInterval(again, 200);"
            " const limit = setTimeout(() => end(false), %d); })"
            % (condition, WAITS * 1000))
        if not held:
            page = await self.evaluate("document.body.innerText")
            raise AssertionError(f"in {WAITS} s not seen: {what}\npage:\n{page}")

    async def open(self, url):
        answer = await self.call("Page.navigate", url=url)
        if answer.get("errorText"):
            raise AssertionError(f"{url}: {answer['errorText']}")
        await self.wait_for("document.readyState === 'complete'", f"{url} loaded")

    async def type(self, text):
        """Types into what has the focus."""
        await self.call("Input.insertText", text=text)

    async def press_enter(self):
        for kind in ("keyDown", "keyUp"):
            await self.call("Input.dispatchKeyEvent", type=kind, key="Enter",
                            code="Enter", windowsVirtualKeyCode=13, text="\r"
                            if kind == "keyDown" else "")

    async def size(self, width, height, scale=1, mobile=False):
        await self.call("Emulation.setDeviceMetricsOverride", width=width,
                        height=height, deviceScaleFactor=scale, mobile=mobile)

    async def colors(self, scheme):
        await self.call("Emulation.setEmulatedMedia", features=[
            {"name": "prefers-color-scheme", "value": scheme}])

    async def screenshot(self, path):
        picture = await self.call("Page.captureScreenshot", format="png")
        data = base64.b64decode(picture["data"])
        with open(path, "wb") as file:
            file.write(data)
        return data


class Browser:
    """async with Browser() as browser: page = await browser.page()"""

    def __init__(self):
        self.numbers = itertools.count(1)
        self.waiting = {}
        self.console = []

    async def __aenter__(self):
        self.profile = tempfile.mkdtemp(prefix="plumb-chromium-")
        self.process = subprocess.Popen(
            ["chromium", *FLAGS, f"--user-data-dir={self.profile}", "about:blank"],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, start_new_session=True)
        try:
            address = await asyncio.wait_for(self._address(), STARTS_WITHIN)
            self.socket = await websockets.connect(address, max_size=None)
        except BaseException:
            self._end()
            raise
        self.reader = asyncio.create_task(self._read())
        return self

    async def _address(self):
        path = os.path.join(self.profile, "DevToolsActivePort")
        while True:
            if os.path.exists(path):
                with open(path) as file:
                    lines = file.read().split("\n")
                if len(lines) >= 2 and lines[1]:
                    return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            if self.process.poll() is not None:
                raise AssertionError(
                    f"chromium ended with {self.process.returncode}")
            await asyncio.sleep(0.02)

    async def __aexit__(self, *_):
        self.reader.cancel()
        self._end()

    def _end(self):
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    async def _read(self):
        async for message in self.socket:
            answer = json.loads(message)
            if "id" in answer:
                self.waiting.pop(answer["id"]).set_result(answer)
            elif answer.get("method") == "Runtime.exceptionThrown":
                self.console.append(json.dumps(
                    answer["params"]["exceptionDetails"])[:1000])
            elif answer.get("method") == "Log.entryAdded":
                entry = answer["params"]["entry"]
                if entry["level"] == "error":
                    self.console.append(f"{entry['text']} {entry.get('url', '')}")

    async def call(self, method, parameters=None, session=None):
        number = next(self.numbers)
        request = {"id": number, "method": method, "params": parameters or {}}
        if session:
            request["sessionId"] = session
        self.waiting[number] = asyncio.get_running_loop().create_future()
        await self.socket.send(json.dumps(request))
        answer = await asyncio.wait_for(self.waiting[number], WAITS + 30)
        if "error" in answer:
            raise AssertionError(f"{method}: {answer['error']['message']}")
        return answer["result"]

    async def page(self, ignore_certificate=False):
        context = (await self.call("Target.createBrowserContext"))["browserContextId"]
        target = (await self.call("Target.createTarget", {
            "url": "about:blank", "browserContextId": context}))["targetId"]
        session = (await self.call("Target.attachToTarget", {
            "targetId": target, "flatten": True}))["sessionId"]
        page = Page(self, session, context)
        for domain in ("Page", "Runtime", "Log"):
            await page.call(domain + ".enable")
        if ignore_certificate:
            await page.call("Security.setIgnoreCertificateErrors", ignore=True)
        return page

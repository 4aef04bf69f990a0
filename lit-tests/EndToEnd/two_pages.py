"""Two people in headless Chromium chat with each other through the page.

usage: two_pages.py [--tls] PICTURES COMMAND...
PICTURES is a folder: a screenshot of each page is kept there.
"""
import os
import struct
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
from browser import Browser
from server import Server, expect, run


def by_id(name):
    return f"document.getElementById('{name}')"


def texts(selector):
    return (f"[...document.querySelectorAll('{selector}')]"
            ".map((found) => found.textContent)")


async def sign_in(browser, server, name):
    """A page opened as a person does: the dialog first."""
    page = await browser.page(ignore_certificate=bool(server.tls))
    await page.size(1280, 800)
    await page.open(server.url(scheme="http"))
    await page.wait_for(by_id("login") + ".open", "the sign-in dialog")
    await page.evaluate(by_id("login-name") + ".focus()")
    await page.type(name)
    await page.evaluate(by_id("login-button") + ".click()")
    await page.wait_for(by_id("status") + ".dataset.state === 'online'", "online")
    await page.wait_for(by_id("title") + ".textContent === '# lobby'", "the lobby")
    return page


async def write(page, text):
    await page.evaluate(by_id("composer") + ".focus()")
    await page.type(text)
    await page.press_enter()


async def join(page, room):
    await page.evaluate(by_id("join-room") + ".focus()")
    await page.type(room)
    await page.evaluate(by_id("join-button") + ".click()")
    await page.wait_for(by_id("title") + f".textContent === '# {room}'", room)


async def sees(page, sender, text, own=False):
    kind = ".message.own" if own else ".message:not(.own)"
    await page.wait_for(
        f"[...document.querySelectorAll('{kind}')].some((row) =>"
        f" row.dataset.from === {sender!r} &&"
        f" row.querySelector('.text').textContent === {text!r})",
        f"{text!r} from {sender}")


async def chat(browser, server, pictures):
    ada = await sign_in(browser, server, "Ada")
    grace = await sign_in(browser, server, "Grace")
    await ada.wait_for(texts(".notice") + ".includes('Grace joined')",
                       "the announcement")
    for page, other in ((ada, "Grace"), (grace, "Ada")):
        await page.wait_for(by_id("count") + ".textContent === '2 people here'",
                            "the member count")
        await page.wait_for(texts("#people button") + f".some((text) =>"
                            f" text.includes('{other}'))", f"{other} in the list")

    await write(ada, "Good morning, Grace!")
    await sees(grace, "Ada", "Good morning, Grace!")
    await sees(ada, "Ada", "Good morning, Grace!", own=True)

    # Typing is shown to the other, and not to the one who types.
    await grace.evaluate(by_id("composer") + ".focus()")
    await grace.type("<img src=x onerror=alert(1)>")
    await ada.wait_for(by_id("typing") + ".textContent === 'Grace is typing…'",
                       "that Grace types")
    expect(await grace.evaluate(by_id("typing") + ".textContent"), "",
           "what Grace sees of her own typing")
    await grace.press_enter()
    await sees(ada, "Grace", "<img src=x onerror=alert(1)>")
    expect(await ada.evaluate("document.querySelectorAll('#messages img').length"),
           0, "elements made of what a person wrote")

    # Another room: ada is not in it, and does not hear it.
    await join(grace, "attic")
    await write(grace, "Quiet up here")
    await sees(grace, "Grace", "Quiet up here", own=True)

    # A private word lands in a tab of its own, marked unread.
    await ada.evaluate("[...document.querySelectorAll('#people button')]"
                       ".find((row) => row.textContent.includes('Grace')).click()")
    await write(ada, "Just for you")
    await grace.wait_for("document.querySelector('[data-room=\"@Ada\"] .unread')"
                         ".textContent === '1'", "one unread private word")
    await grace.evaluate("document.querySelector('[data-room=\"@Ada\"]').click()")
    await sees(grace, "Ada", "Just for you")
    await ada.evaluate("document.querySelector('[data-room=lobby]').click()")
    await grace.evaluate("document.querySelector('[data-room=lobby]').click()")
    heard = await ada.evaluate(texts(".message .text"))
    expect("Quiet up here" in heard, False, "ada hears a room that she is not in")
    await sees(grace, "Ada", "Good morning, Grace!")

    sizes = set()
    for page, name, scheme in ((ada, "ada", "light"), (grace, "grace", "dark")):
        await page.colors(scheme)
        data = await page.screenshot(os.path.join(pictures, f"chat-{name}.png"))
        sizes.add(struct.unpack(">II", data[16:24]))
    expect(sizes, {(1280, 800)}, "the size of the screenshots")

    # One goes away; the other is told, and counts herself.
    await browser.call("Target.disposeBrowserContext",
                       {"browserContextId": grace.context})
    await ada.wait_for(texts(".notice") + ".includes('Grace left')", "Grace left")
    await ada.wait_for(by_id("count") + ".textContent === 'Only you are here'",
                       "the member count")
    await ada.evaluate(by_id("leave") + ".click()")
    await ada.wait_for("!document.querySelector('[data-room=lobby]')",
                       "the lobby is closed")
    await join(ada, "cellar")
    return ada


async def main():
    arguments = sys.argv[1:]
    tls = arguments[0] == "--tls"
    if tls:
        arguments = arguments[1:]
    pictures, command = arguments[0], arguments[1:]
    os.makedirs(pictures, exist_ok=True)
    async with Browser() as browser:
        async with Server(command, tls) as server:
            ada = await chat(browser, server, pictures)
            expect(browser.console, [], "errors in the pages' consoles")
        # The server is gone: the page says so, tries again, and is back in its
        # rooms when another one listens there.
        await ada.wait_for(by_id("status") + ".dataset.state !== 'online'",
                           "that the connection is gone")
        async with Server(command, tls, port=server.port):
            await ada.wait_for(by_id("status") + ".dataset.state === 'online'",
                               "that the connection is back")
            await ada.evaluate("document.querySelector('[data-room=cellar]').click()")
            await write(ada, "Here again")
            await sees(ada, "Ada", "Here again", own=True)
    print("ok: two pages", flush=True)


run(main())

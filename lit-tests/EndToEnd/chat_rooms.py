"""The chat program's rooms, seen by clients on python3-websockets.

usage: chat_rooms.py [--tls] COMMAND...      (COMMAND takes the port)
"""
import asyncio
import http.client
import os
import signal
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from chat_client import ANSWERS_WITHIN, Person
from clients import Refused, status_of
from server import Server, expect, run, seen


async def join_and_broadcast(server):
    async with Person(server, "ada", "lobby") as ada:
        expect(ada.count, 1, "ada is alone")
        async with Person(server, "bob", "lobby") as bob:
            expect(bob.count, 2, "bob is the second")
            await ada.expect("joined", "lobby", "bob", "2")
            # The next that bob gets is what ada says: he was left out of the
            # announcement that he joined.
            await ada.send("say", "lobby", "hello\nall <b>ünïcode</b> 🎉")
            for person in (ada, bob):
                await person.expect("said", "lobby", "ada",
                                    "hello\nall <b>ünïcode</b> 🎉")


async def left_out_by_broadcast_except(server):
    async with Person(server, "ada", "lobby") as ada, \
               Person(server, "bob", "lobby") as bob:
        await ada.expect("joined", "lobby", "bob", "2")
        await ada.send("typing", "lobby")
        await ada.send("say", "lobby", "done")
        await ada.expect("said", "lobby", "ada", "done")
        await bob.expect("typing", "lobby", "ada")
        await bob.expect("said", "lobby", "ada", "done")


async def leave(server):
    async with Person(server, "ada", "lobby") as ada, \
               Person(server, "bob", "lobby") as bob:
        await ada.expect("joined", "lobby", "bob", "2")
        await bob.send("leave", "lobby")
        await bob.expect("gone", "lobby")
        await ada.expect("left", "lobby", "bob", "1")
        await ada.send("say", "lobby", "are you there?")
        await ada.expect("said", "lobby", "ada", "are you there?")
        await bob.send("who", "lobby")
        await bob.expect("count", "lobby", "1")
        await bob.send("say", "lobby", "I am not")
        await bob.expect("error", "You are not in that room")
        await bob.send("join", "lobby")
        await bob.expect("here", "lobby", "2")
        await ada.expect("joined", "lobby", "bob", "2")


async def disconnect_and_gone(server):
    async with Person(server, "ada", "lobby") as ada:
        for end in ("close", "abort"):
            async with Person(server, "bob", "lobby") as bob:
                await ada.expect("joined", "lobby", "bob", "2")
                await bob.send("join", "attic")
                await bob.expect("here", "attic", "1")
                if end == "close":
                    await bob.socket.close()
                else:
                    bob.socket.transport.abort()
            await ada.expect("left", "lobby", "bob", "1")
            await ada.send("who", "lobby")
            await ada.expect("count", "lobby", "1")
            await ada.send("who", "attic")
            await ada.expect("count", "attic", "0")
            # His name is free again, and a private word to him goes nowhere.
            await ada.send("tell", "bob", "still here?")
            await ada.expect("absent", "bob")


async def several_rooms(server):
    async with Person(server, "ada", "lobby") as ada, \
               Person(server, "bob", "attic") as bob:
        await ada.send("join", "attic")
        await ada.expect("here", "attic", "2")
        await bob.expect("joined", "attic", "ada", "2")
        await ada.send("say", "lobby", "to the lobby")
        await ada.send("say", "attic", "to the attic")
        await ada.expect("said", "lobby", "ada", "to the lobby")
        await ada.expect("said", "attic", "ada", "to the attic")
        await bob.expect("said", "attic", "ada", "to the attic")
        await ada.send("join", "cellar")
        await ada.expect("here", "cellar", "1")
        await ada.send("leave", "attic")  # from the middle of her list
        await ada.expect("gone", "attic")
        await bob.expect("left", "attic", "ada", "1")
        for room in ("lobby", "cellar"):
            await ada.send("say", room, "still in")
            await ada.expect("said", room, "ada", "still in")
        await ada.send("join", "@bob")
        await ada.expect("error", "That cannot be the name of a room")


async def private_words(server):
    async with Person(server, "ada", "lobby") as ada, \
               Person(server, "bob", "lobby") as bob, \
               Person(server, "eve", "lobby") as eve:
        await ada.expect("joined", "lobby", "bob", "2")
        await ada.expect("joined", "lobby", "eve", "3")
        await bob.expect("joined", "lobby", "eve", "3")
        await ada.send("tell", "bob", "between us")
        await ada.expect("told", "ada", "bob", "between us")
        await bob.expect("told", "ada", "bob", "between us")
        await bob.send("wave", "lobby", "eve")
        await eve.expect("present", "lobby", "bob")  # and not ada's words


async def names(server):
    async with Person(server, "ada", "lobby") as ada:
        async with websockets.connect(server.url("/?name=ada&room=lobby"),
                                      ssl=server.tls) as second:
            await second.send("hello")
            expect(await asyncio.wait_for(second.recv(), ANSWERS_WITHIN),
                   "welcome\tada-2", "a taken name gets a number")
            await ada.expect("joined", "lobby", "ada-2", "2")
        await ada.expect("left", "lobby", "ada-2", "1")
        await ada.send("name", "countess")
        await ada.expect("welcome", "countess")
        await ada.expect("renamed", "lobby", "ada", "countess")
        async with Person(server, "ada", "lobby") as other:  # the name is free
            await ada.expect("joined", "lobby", "ada", "2")
            await other.send("tell", "countess", "good day")
            await ada.expect("told", "ada", "countess", "good day")


async def renamed_in_rooms_of_any_length(server):
    rooms = ["lobby", "x", "é" * 32, "y" * 64, "é" * 31 + "z", "𝄞" * 16, "last"]
    async with Person(server, "ada", rooms[0]) as ada:
        for room in rooms[1:]:
            await ada.send("join", room)
            await ada.expect("here", room, "1")
        await ada.send("name", "countess")
        await ada.expect("welcome", "countess")
        for room in rooms:
            await ada.expect("renamed", room, "ada", "countess")
        await ada.send("who", "lobby")
        await ada.expect("count", "lobby", "1")


async def a_rename_costs_by_the_room(server):
    """As many messages to rooms, in few renames with many rooms and in many with few:
    the same CPU time, or eight times it if each went by the square of the rooms."""
    spent = {}
    async with Person(server, "ada") as ada:
        joined = 0
        for rooms, renames in ((250, 32), (2000, 4)):
            for number in range(joined, rooms):
                await ada.send("join", f"{number:028}")
                await ada.receive("here", f"{number:028}")
            joined, before = rooms, server.cpu_seconds()
            for number in range(renames):
                await ada.send("name", f"ada{number % 2}")
                await ada.receive("welcome")
                for _ in range(rooms):
                    await ada.receive("renamed")
            spent[rooms] = server.cpu_seconds() - before
    expect(spent[2000] < 3 * spent[250], True, f"CPU seconds by rooms: {spent}")


async def nobody_forges_a_field(server):
    async with Person(server, "ada", "lobby") as ada:
        await ada.send("say", "lobby", "text\tbob\tforged")
        await ada.expect("said", "lobby", "ada", "text")
        await ada.send("say", "lobby", "é" * 3000)  # cut, but not within a letter
        await ada.expect("said", "lobby", "ada", "é" * 2000)
        url = server.url("/?name=bob%09admin&room=lobby%09x")
        async with websockets.connect(url, ssl=server.tls) as bob:
            await bob.send("hello")
            expect(await asyncio.wait_for(bob.recv(), ANSWERS_WITHIN),
                   "welcome\tbob", "a tab in a name ends it")
            await ada.expect("joined", "lobby", "bob", "2")


async def refused(server):
    for query in ("/", "/?name=", "/?name=%09&room=lobby"):
        try:
            async with websockets.connect(server.url(query), ssl=server.tls):
                raise AssertionError(f"{query} should have been refused")
        except Refused as answer:
            expect(status_of(answer), 403, query)


async def close_codes(server):
    async with Person(server, "Carl") as client:
        await client.socket.close(4001, "that is all")
    await seen(server, "Carl closed: 4001")
    async with Person(server, "Abe") as client:
        client.socket.transport.abort()
    await seen(server, "Abe closed: 1006")
    async with Person(server, "Nora") as client:
        # A close frame without a code: the library has no call for it.
        client.socket.transport.write(b"\x88\x80mask")
        await asyncio.wait_for(client.socket.wait_closed(), ANSWERS_WITHIN)
    await seen(server, "Nora closed: 1005")
    async with Person(server, "Bill") as client:
        await client.socket.send(b"\0binary")
        code, _ = await client.end()
        expect(code, 1003, "the program takes no binary messages")
    await seen(server, "Bill closed: 1003")
    async with websockets.connect(server.url("/?name=Max"), ssl=server.tls) as rude:
        await rude.send("say\tlobby\thi")
        await asyncio.wait_for(rude.wait_closed(), ANSWERS_WITHIN)
        expect((rude.close_code, rude.close_reason), (1008, "say hello first"),
               "the program's own close")


def page_requests(server):
    """The answers to four requests on one connection: what a response has too
    much would be the begin of the next."""
    if server.tls:
        connection = http.client.HTTPSConnection(
            "localhost", server.port, context=server.tls, timeout=ANSWERS_WITHIN)
    else:
        connection = http.client.HTTPConnection(
            "localhost", server.port, timeout=ANSWERS_WITHIN)
    for method, path in (("GET", "/"), ("HEAD", "/?name=x"),
                         ("GET", "/nothing-here"), ("GET", "/?again")):
        connection.request(method, path)
        socket = connection.sock
        answer = connection.getresponse()
        yield answer.status, answer.getheader("Content-Type"), answer.read()
        expect(connection.sock is socket, True, "the connection is kept")
    connection.close()


async def the_page(server):
    html = "text/html; charset=utf-8"
    page = os.path.join(os.path.dirname(__file__), "../../examples/chat.html")
    with open(page, "rb") as file:
        wanted = file.read()
    loop = asyncio.get_running_loop()
    first, head, absent, again = await loop.run_in_executor(
        None, lambda: list(page_requests(server)))
    expect(first == (200, html, wanted), True, "the page is examples/chat.html")
    expect(head, (200, html, b""), "HEAD /?name=x")
    expect(absent[0], 404, "GET /nothing-here")
    expect(again == first, True, "the page once more")


async def stopped(server):
    async with Person(server, "ada", "lobby") as ada:
        ending = asyncio.create_task(server.stopped_by(signal.SIGTERM))
        code, _ = await ada.end()
        expect(code, 1001, "a server that stops goes away")
        expect(await ending, 0, "the program's exit status")
    for name in ("Carl", "Abe", "Nora", "Bill"):
        expect(server.said().count(f"{name} closed:"), 1,
               f"on_close calls for {name}")


STEPS = [join_and_broadcast, left_out_by_broadcast_except, leave,
         disconnect_and_gone, several_rooms, private_words, names,
         renamed_in_rooms_of_any_length, a_rename_costs_by_the_room,
         nobody_forges_a_field, refused, close_codes, the_page, stopped]


async def empty(server, number):
    """Every step starts with empty rooms, whatever the server still closes."""
    async with Person(server, f"janitor{number}") as janitor:
        for _ in range(ANSWERS_WITHIN * 50):
            counts = []
            for room in ("lobby", "attic", "cellar", "@ada", "@bob", "@eve"):
                await janitor.send("who", room)
                counts.append((await janitor.receive("count", room))[2])
            if set(counts) == {"0"}:
                return
            await asyncio.sleep(0.02)
    raise AssertionError(f"the rooms do not become empty: {counts}")


async def main():
    tls = sys.argv[1] == "--tls"
    command = sys.argv[2:] if tls else sys.argv[1:]
    async with Server(command, tls, {"PLUMB_LOG": "debug"}) as server:
        for number, step in enumerate(STEPS):
            await empty(server, number)
            await step(server)
            print(f"ok: {step.__name__}", flush=True)


run(main())

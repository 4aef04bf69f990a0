"""Clients that come, go, stall, break rules and vanish, and the account of what
each of them got.

usage: chaos.py [--connections N] [--time SECONDS] [--seed N] [--shards N] SERVER
SERVER is chaos.mlir, compiled. Twice, for half of the time each: N connections from
many addresses do what the dice say, then all go. Then the server must know of none
of them, have told of the end of each exactly once, have no more open descriptors
than before, and after the second time no more memory than after the first. In the
middle of each, some join and do not read until the server has given each of them up
for its full queue. At any time: ledger.py. The seed is printed; the same one plays the same dice.
"""
import argparse
import asyncio
import os
import random
import resource
import select
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../EndToEnd/support")]
from ledger import Room, Wrong
from peer import Peer, address
from server import Server

SETTLES_WITHIN = 120  # seconds; a busy machine takes its time
GROWS_BY_LESS_THAN = 1.1, 4 << 20  # of the memory after the first time: factor, bytes


class World:
    def __init__(self, server, connections, patience, dice):
        self.patience = patience  # of the server with an end, seconds
        self.port, self.pid = server.port, server.process.pid
        self.dice, self.connections = dice, connections
        self.epoll = select.epoll()
        self.peers, self.serial, self.number = {}, 0, 0
        self.rooms = [Room(b"r%03d" % n) for n in range(max(4, connections // 100))]
        self.slow_room = Room(b"rslo")  # that the dice do not choose
        self.unfinished, self.promised, self.told_opened, self.told_closed = [], [], set(), set()
        self.longest_turn, self.last_turn = 0, time.monotonic()  # seconds
        self.accepted = 0  # handshakes that we saw the end of
        self.count = dict.fromkeys(
            ("opened", "said", "delivered", "reset", "paused", "half-closed", "slow",
             "bad", "kicked", "closed", "joined", "left", "storms", "stalled",
             "refused for its queue", "given up at its end"), 0)
        self.active = []  # peers that the dice may choose
        self.observer = self.connect()
        self.wait(lambda: self.observer.open)
        self.observer.text("join observers")
        self.recorders = {}
        for room in self.rooms + [self.slow_room]:
            recorder = self.connect()
            recorder.join(room)
            self.recorders[recorder] = room
        self.wait(lambda: all(r.open and all(s.serial is not None for s in
                                             r.stays.values()) for r in self.recorders))
        self.lasting = {self.observer.number, *(r.number for r in self.recorders)}

    # What peers tell.

    def opened(self, peer):
        self.accepted += 1
        self.count["opened"] += 1

    def delivered(self, peer, stay, serial, sender):
        self.count["delivered"] += 1
        if peer in self.recorders:
            stay.room.record(serial, sender)
        else:
            stay.got.append(serial)

    def told(self, what, number):
        known = self.told_opened if what == b"opened" else self.told_closed
        if number in known or (what == b"closed" and number not in self.told_opened):
            raise Wrong(f"connection {number} was {what.decode()} out of turn")
        known.add(number)

    def finish(self, stay, whole):
        if not stay.finish(whole):
            self.unfinished.append((stay, whole))

    def ended(self, peer):
        if peer in self.active:
            self.active.remove(peer)
        if peer.number in getattr(self, "lasting", ()):
            raise Wrong(f"a recorder's connection was ended with {peer.code}")
        asked = peer.expect is not None and peer.code == peer.expect
        # One that the server waited for has not read in time how it ended, nor may
        # one have whose socket takes little, when it was given up for its queue.
        late = peer.expect is not None and time.monotonic() - peer.asked_at >= self.patience
        if peer.code is None and not peer.careless and (peer.small or late):
            peer.careless = True
            self.count["given up at its end"] += 1
        if peer.code == 1013:
            self.count["refused for its queue"] += 1
        elif not asked and not peer.careless:
            raise Wrong(f"the server ended connection {peer.number} with {peer.code}, "
                        f"expected was {peer.expect}; its handshake was "
                        f"{'done' if peer.open else 'not done'}, its socket said "
                        f"{peer.failure}; our longest turn took "
                        f"{self.longest_turn:.1f} s")
        if asked and not peer.careless:
            self.promised += peer.said
        for stay in peer.stays.values():
            self.finish(stay, asked and not peer.careless)

    # The loop.

    def connect(self, **more):
        self.number += 1
        return Peer(self, self.number, address(self.dice), **more)

    def turn(self, patience=0.02):
        now = time.monotonic()
        self.longest_turn, self.last_turn = max(self.longest_turn, now - self.last_turn), now
        for fd, events in self.epoll.poll(patience):
            if fd in self.peers:
                self.peers[fd].ready(events)
        now = time.monotonic()
        for peer in [p for p in self.active if p.paused_until and p.paused_until < now]:
            peer.paused_until = 0
            peer.watch()

    def tick(self):
        """Compares what has come with the ledgers."""
        waiting, self.unfinished = self.unfinished, []
        for stay, whole in waiting:
            self.finish(stay, whole)
        for peer in self.active:
            for stay in peer.stays.values():
                stay.compare()

    def wait(self, condition, what="the beginning"):
        end = time.monotonic() + SETTLES_WITHIN
        while not condition():
            if time.monotonic() > end:
                raise Wrong(f"waited in vain for {what}")
            self.turn()

    # What happens.

    def act(self):
        dice = self.dice
        if len(self.peers) < self.connections and dice.random() < 0.5:
            peer = self.connect(small=dice.random() < 0.1)
            self.active.append(peer)
            return
        if not self.active:
            return
        peer = dice.choice(self.active)
        if not peer.open or peer.expect is not None:
            if dice.random() < 0.02 and peer.expect is None:
                self.count["reset"] += 1  # In its handshake.
                peer.reset()
            return
        what, free = dice.random(), [r for r in self.rooms if r.name not in peer.stays]
        if what < 0.35:
            room = dice.choice(self.rooms)
            peer.say(room, dice.choice((0, 0, 0, 0, 60, 2000)))
            self.count["said"] += 1
        elif what < 0.60:
            if free and len(peer.stays) < 3:
                room = dice.choice(free)
                for _ in range(dice.choice((1, 1, 2))):
                    peer.join(room)
                self.count["joined"] += 1
        elif what < 0.78:
            stays = [s for s in peer.stays.values() if s.serial is not None and not s.leaving]
            if stays:
                peer.leave(dice.choice(stays))
                self.count["left"] += 1
        elif what < 0.82:
            self.count["reset"] += 1
            peer.reset()
        elif what < 0.86:
            self.count["paused"] += 1
            peer.careless, peer.paused_until = True, time.monotonic() + dice.random() * 5
            peer.watch()
        elif what < 0.88:
            self.count["slow"] += 1
            peer.careless, peer.bite = True, 50
        elif what < 0.91:
            self.count["half-closed"] += 1
            peer.finish()
        elif what < 0.94:
            self.count["bad"] += 1
            peer.misbehave(dice)
        elif what < 0.97:
            self.count["closed"] += 1
            peer.close()
        elif what < 0.99:
            self.count["kicked"] += 1
            peer.kick()
        elif dice.random() < 0.1:
            self.storm()

    def storm(self):
        """Everybody at once into a room, or out of it; or a burst into one."""
        self.count["storms"] += 1
        room, kind = self.dice.choice(self.rooms), self.dice.randrange(3)
        for peer in [p for p in self.active if p.open and p.expect is None]:
            stay = peer.stays.get(room.name)
            if kind == 0 and stay is None and self.dice.random() < 0.3:
                peer.join(room)
            elif kind == 1 and stay and stay.serial is not None and not stay.leaving:
                peer.leave(stay)
        if kind == 2:
            speaker = self.dice.choice(self.active)
            if speaker.open and speaker.expect is None:
                for _ in range(100):
                    speaker.say(room, 3000)
                self.count["said"] += 100

    def stall(self):
        """Members that do not read, and a recorder that does, until the server must
        have had enough of them: it says so to those that read on soon enough, and
        tells of the end of each."""
        room = self.slow_room
        slow = [self.connect(small=True) for _ in range(max(3, self.connections // 200))]
        for peer in slow:
            peer.join(room)
        self.wait(lambda: all(p.open and p.stays[room.name].serial is not None for p in slow),
                  "members to join")
        for peer in slow:
            peer.careless, peer.paused_until = True, float("inf")
            peer.watch()
        recorder = next(r for r, of in self.recorders.items() if of is room)
        ends = {peer.number for peer in slow}
        for _ in range(100):  # Of 60 KB: more than the sockets of one can hold.
            if ends <= self.told_closed:
                break
            recorder.say(room, 60000)
            serial = recorder.said[-1][1]
            self.wait(lambda: serial in room.place, "a recorder beside slow members")
        for peer in slow:
            peer.paused_until = 0
            if peer.fd in self.peers and self.peers[peer.fd] is peer:
                peer.watch()
        self.wait(lambda: not any(self.peers.get(p.fd) is p for p in slow) and
                  ends <= self.told_closed, "the ends of slow members")
        self.count["stalled"] += len(slow)

    def cycle(self, seconds):
        end, next_tick = time.monotonic() + seconds, 0
        stall = end - seconds / 2
        while time.monotonic() < end:
            if stall and time.monotonic() > stall:
                stall = None
                self.stall()
            for _ in range(max(20, self.connections // 100)):
                self.act()
            self.turn(0.001)
            if time.monotonic() > next_tick:
                self.tick()
                next_tick = time.monotonic() + 0.5
        for peer in list(self.active):
            peer.paused_until, peer.bite = 0, 1 << 16
            if not peer.open or self.dice.random() < 0.3:
                peer.reset()
            elif peer.expect is None:
                peer.watch()
                peer.close()
            else:
                peer.watch()
        self.wait(self.all_ended, "the clients' ends")
        # The observer joined before anybody was accepted; a handshake that we
        # left may have been accepted or not.
        self.wait(lambda: self.told_opened - self.told_closed <= self.lasting,
                  "the server to tell of every end")
        self.settle()

    def all_ended(self):
        """The server resets who does not read until its deadline. TCP does not repeat a
        reset, so one whose buffer was full may never learn of it; the server has told."""
        for peer in [p for p in self.active if p.careless and p.number in self.told_closed]:
            peer.reset()
        return not self.active

    def settle(self):
        for peer in self.recorders:  # A word of each recorder, behind all others.
            peer.say(self.recorders[peer])
        last = {r: r.said[-1][1] for r in self.recorders}
        self.wait(lambda: all(last[r] in room.place for r, room in self.recorders.items()),
                  "the recorders")
        self.tick()
        if self.unfinished:
            raise Wrong(f"{len(self.unfinished)} members got what no recorder got")
        lost = [serial for room, serial in self.promised if serial not in room.place]
        if lost:
            raise Wrong(f"{len(lost)} messages were lost: {lost[:10]}")
        self.promised = []

    def memory(self):
        with open(f"/proc/{self.pid}/status") as status:
            return next(int(line.split()[1]) * 1024 for line in status
                        if line.startswith("VmRSS"))

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


def play(server, arguments, patience):
    world = World(server, arguments.connections, patience, random.Random(arguments.seed))
    memory, descriptors = [world.memory()], world.descriptors()
    for _ in range(2):
        world.cycle(arguments.time / 2)
        world.wait(lambda: world.descriptors() <= descriptors, "the server's descriptors")
        memory.append(world.memory())
    print(", ".join(f"{what} {count}" for what, count in world.count.items()))
    print("memory of the server, KiB, at the start and after each time:",
          *(size // 1024 for size in memory))
    if not world.count["refused for its queue"]:
        raise Wrong("no member was given up for its queue")
    factor, bytes_more = GROWS_BY_LESS_THAN
    # It keeps the buffers of its last messages for a second or two.
    world.wait(lambda: world.memory() <= memory[1] * factor + bytes_more,
               "the server's memory, which grew from one time to the next")
    last = world.connect()
    last.join(world.rooms[0])
    last.say(world.rooms[0])
    world.wait(lambda: last.stays[world.rooms[0].name].got, "an answer at the end")


async def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--connections", type=int, default=300)
    parser.add_argument("--time", type=float, default=6)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--shards", default="2")
    parser.add_argument("server")
    arguments = parser.parse_args()
    if arguments.seed is None:
        arguments.seed = random.SystemRandom().randrange(1 << 32)
    print(f"chaos: --seed {arguments.seed} --connections {arguments.connections} "
          f"--time {arguments.time:g} --shards {arguments.shards}", flush=True)
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    # With many of them a client reads late what it was told at its end.
    patience = max(5000, 3 * arguments.connections)
    environment = {"PLUMB_WS_SHARDS": arguments.shards,
                   "PLUMB_WS_CLOSE_TIMEOUT_MS": str(patience),
                   "PLUMB_WS_MAX_QUEUE_BYTES": str(1 << 18)}
    async with Server([arguments.server], environment=environment) as server:
        play(server, arguments, patience / 1000)
        status = await server.stopped_by(15)
    if status:
        raise Wrong(f"the server ended with {status}")
    print("every delivery is accounted for")


asyncio.run(main())

"""Who must have got what. Every room has a recorder, a member that is never
disturbed: what it gets is the room's order. Any other member's stay in the room
must have been given a part of that order without a gap."""


class Wrong(Exception):
    pass


class Room:
    def __init__(self, name):
        self.name = name
        self.order = []  # serial numbers, as the recorder got them
        self.place = {}  # serial number -> its place in order
        self.last_of = {}  # sender -> the last serial number that was seen of it

    def record(self, serial, sender):
        if serial in self.place:
            raise Wrong(f"{self.name}: message {serial} was delivered twice")
        if self.last_of.get(sender, -1) > serial:
            raise Wrong(f"{self.name}: {serial} of {sender} came behind its successor")
        self.last_of[sender] = serial
        self.place[serial] = len(self.order)
        self.order.append(serial)


class Stay:
    """One member's time in a room, from "joined" to "left" or the end."""

    def __init__(self, room, serial):
        self.room = room
        self.serial = serial  # the first that is sent after "joined" was read; or None
        self.got = []         # not yet compared
        self.next = None      # the place of the next that must come
        self.minimum = 0      # the place that it must reach
        self.leaving = False

    def asked_to_leave(self):
        """What is in the order by now was accepted before the request."""
        self.minimum = len(self.room.order)

    def compare(self):
        """Compares what the recorder has, too; True when all of it is."""
        if not self.got:
            return True
        room = self.room
        if self.next is None:
            if self.got[0] not in room.place:
                return False
            self.next = room.place[self.got[0]]
            # All that were sent after the member had joined are for it; those near
            # its first one tell.
            for serial in room.order[max(0, self.next - 50):self.next]:
                if self.serial is not None and serial >= self.serial:
                    raise Wrong(f"{room.name}: {serial}, sent after a member had "
                                f"joined at {self.serial}, was not delivered to it")
        count = min(len(self.got), len(room.order) - self.next)
        wanted = room.order[self.next:self.next + count]
        if self.got[:count] != wanted:
            at = next(n for n in range(count) if self.got[n] != wanted[n])
            raise Wrong(f"{room.name}: a member got {self.got[at]} where the order "
                        f"has {wanted[at]}")
        self.next += count
        del self.got[:count]
        return not self.got

    def finish(self, whole):
        """The stay is over; `whole` when the peer was there to its end. False when
        the recorder has not yet got what the member has."""
        if not self.compare():
            return False
        reached = self.next or 0
        if whole and self.next is not None and reached < self.minimum:
            raise Wrong(f"{self.room.name}: a member left at {self.minimum} but got "
                        f"only what is before {reached}")
        if whole and self.next is None and self.serial is not None:
            missed = [s for s in self.room.order[:self.minimum][-50:] if s >= self.serial]
            if missed:
                raise Wrong(f"{self.room.name}: a member got none of {missed}")
        return True

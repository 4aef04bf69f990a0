"""What the records of a family say of a function, against what its body does.

usage: promises.py [--world=serving] [--file=PATH] RUNTIME.so WATCH.so FAMILY.json...

Calls every intrinsic of the families many times, each time in a process of its own,
with values that follow from the types of its parameters, and looks at what it does:

  kept      a callback that is not kept is called only while the call runs; one that
            is kept is called later, too
  blocks    what does not say so does not wait in the kernel; what does waits
  touches   what only reads, or touches nothing, gives equal results for equal
            arguments, and nothing else may change them but what says that it writes
            what it reads
  pure      no touches: nothing is written to any file either
  fresh     results are two pieces of memory (but for empty texts, which have none)
  noreturn  it does not come back; all others do
  memory    texts and structs that it is given are as they were
  nullable  a null handle is survived where null may stand, no result that is never
            null is null, optional callbacks may be left out

Nothing here names an intrinsic: a new row is checked without an edit. Prints a line
for each that is broken, and ends with 1 if there is one."""
import argparse
import ctypes
import itertools
import json
import mmap
import os
import pickle
import sys

import worlds
from values import Values

# How a process ends that found something out by itself.
WAITED, CALLED_LATE, CALLED_LATER, CAME_BACK, WAITS_FOR_EVER = 90, 91, 92, 93, 94
ABORTED = 70  # with a reason, as after intr.abort
COMBINATIONS = 12  # of arguments, of one intrinsic
PAIRED = 3  # of them, when it is called beside others


class Row:
    def __init__(self, row):
        self.name, self.symbol = row["name"], row["symbol"]
        self.params, self.result = row["params"], row["result"]
        self.blocks, self.fresh = row["blocks"], row["fresh_result"]
        self.variadic = row["variadic"]
        effects = row["effects"]
        self.reads = {e["resource"] for e in effects if e["reads"]}
        self.writes = {e["resource"] for e in effects if e["writes"]}
        self.comes_back = "intr.control" not in self.writes
        self.callbacks = [p for p in self.params if p["passing"] in ("callback", "function")]

    @property
    def is_pure(self):
        return not self.reads and not self.writes and not self.callbacks and not self.blocks

    def may_change(self, other):
        """Whether the results of the other may differ after a call of this one."""
        return (self.writes & (other.reads | other.writes) or self.blocks
                or bool(self.callbacks))


class Calls:
    """The functions, and how to call them."""

    def __init__(self, runtime, watch, families, world):
        self.watch = ctypes.CDLL(watch, mode=ctypes.RTLD_GLOBAL)
        self.library = ctypes.CDLL(runtime)
        self.world = world
        self.values = Values(families, world)
        self.rows = [Row(r) for f in families for r in f["intrinsics"]]
        self.variadic = [r.name for r in self.rows if r.variadic]
        self.rows = [r for r in self.rows if not r.variadic]
        self.functions = {r.name: self.values.function(self.library, r) for r in self.rows}
        self.values.makers = self.makers()
        self.running = None  # the call, while it runs
        self.later = None    # whose kept callback ends the process when it comes later

    def arguments(self, row):
        """Lists of values, a choice of all combinations that is the same each time."""
        pools = [self.values.pool(p) for p in row.params]
        every = list(itertools.islice(itertools.product(*pools), 20000))
        # The first of all pools, the second of all, ...
        chosen = [tuple(p[i % len(p)] for p in pools)
                  for i in range(max(map(len, pools), default=1))]
        if len(every) <= COMBINATIONS:
            return list(dict.fromkeys(chosen + every))
        step = len(every) / COMBINATIONS
        chosen += [every[int(i * step)] for i in range(COMBINATIONS)]
        # Each value of each parameter beside different others.
        for i, pool in enumerate(pools):
            for j, value in enumerate(pool):
                chosen.append(tuple(value if k == i else p[(j + k) % len(p)]
                                    for k, p in enumerate(pools)))
        return list(dict.fromkeys(chosen))

    def makers(self):
        """By the type of a handle, an intrinsic that gives one."""
        found = {}
        for row in self.rows:
            t = row.result and self.values.types[row.result["type"]]
            if t and t["kind"] == "handle" and row.comes_back and not row.blocks:
                found.setdefault(t["mlir"], row)
        return found

    def made(self, row):
        for arguments in self.arguments(row):
            if not any(isinstance(a, tuple) for a in arguments):
                handle = self.call(row, arguments).content[0]
                if handle:
                    return handle
        return 0

    def call(self, row, arguments, may_wait=False):
        """The results, as plain values; see Values.plain."""
        token = object()
        arguments = [self.made(a[1]) if isinstance(a, tuple) else a for a in arguments]

        def called(param):
            # In the callback of this call: now, or when the call is over?
            if self.running is token:
                return
            if not param["kept"]:
                os._exit(CALLED_LATE)
            if self.later is row:
                os._exit(CALLED_LATER)

        passed, outs = self.values.passed(row, arguments, called)
        before = self.values.bytes_of(passed)
        self.watch.promises_watch(2 if may_wait else 1)
        self.running = token
        result = self.functions[row.name](*[c for p in passed for c in p.c])
        self.running = None
        self.watch.promises_watch(0)
        if self.values.bytes_of(passed) != before:
            raise Broken("memory", "it writes to what it is given")
        return self.values.plain(row, result, outs)


class Broken(Exception):
    def __init__(self, promise, what):
        super().__init__(promise, what)
        self.promise, self.what = promise, what


def apart(work):
    """What work() returns, in a process of its own; and how that ended, which is
    an exit code, a negative signal, or None."""
    sys.stdout.flush()
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        code = 0
        try:
            os.close(reading)
            quiet = os.open("/dev/null", os.O_RDWR)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            try:
                data = pickle.dumps(work())
            except Broken as broken:
                data = pickle.dumps(broken.args)
                code = 1
            with os.fdopen(writing, "wb") as pipe:
                pipe.write(data)
        except BaseException as e:  # never back into the caller's code
            os.write(quiet, repr(e).encode())
            code = 99
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        data = pipe.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    return (pickle.loads(data) if data else None), code


class Checker:
    def __init__(self, calls):
        self.calls, self.broken = calls, {}
        self.seen = set()  # (row, promise) that was observed

    def fault(self, row, promise, what, arguments=None):
        text = f"{row.name}: {promise}: {what}"
        if arguments is not None:
            shown = ", ".join(f"{p['name']} = {self.calls.values.show(p, a)}"
                              for p, a in zip(row.params, arguments))
            text += f" ({shown or 'no arguments'})"
        self.broken.setdefault((row.name, promise), text)

    def is_null(self, row, arguments):
        return any(p["type"] and self.calls.values.types[p["type"]]["kind"] == "pointer" and not a
                   for p, a in zip(row.params, arguments))

    def ended(self, row, code, arguments):
        """What the end of a process says of the call that it made."""
        self.seen.add((row.name, "ends"))
        if code == WAITED:
            if row.blocks:
                self.seen.add((row.name, "blocks"))
            else:
                self.fault(row, "blocks", "it waits, and does not say `blocks`", arguments)
        elif code == WAITS_FOR_EVER:
            self.seen.add((row.name, "blocks"))
        elif code < 0:
            self.fault(row, "nullable", f"it ends the process with signal {-code}", arguments)
        elif code == 1:
            pass
        elif code == ABORTED and self.is_null(row, arguments):
            pass  # Something was asked of an address where nothing is.
        elif row.comes_back and code not in (CALLED_LATE, CALLED_LATER):
            self.fault(row, "noreturn", f"it does not come back: the process ends with "
                       f"code {code}", arguments)

    def alone(self, row):
        """One call, and the same once more; with all arguments in one process, and
        after one that ended it in the next."""
        every = self.calls.arguments(row)
        at = mmap.mmap(-1, 8)  # which arguments the process is at
        start = 0
        while start < len(every):
            at[:8] = start.to_bytes(8, "little")

            def work():
                found = []
                for index in range(start, len(every)):
                    at[:8] = index.to_bytes(8, "little")
                    first = self.calls.call(row, every[index])
                    if not row.comes_back:
                        os._exit(CAME_BACK)
                    found.append((index, first, self.calls.call(row, every[index])))
                return found
            results, code = apart(work)
            index = int.from_bytes(at[:8], "little")
            if code == CAME_BACK:
                self.fault(row, "noreturn", "it comes back, and says that it does not",
                           every[index])
            elif code == 1:
                self.fault(row, *results, every[index])
            elif code or results is None:
                self.ended(row, code, every[index])
            else:
                for index, first, second in results:
                    self.compare(row, every[index], first, second)
            # What was found before an end is found again without that.
            if (code or results is None) and index > start and row.comes_back:
                every = every[start:index] + every[index + 1:]
                start = 0
            else:
                start = index + 1

    def compare(self, row, arguments, first, second):
        for name, value in first.never_null + second.never_null:
            if not value:
                self.fault(row, "nullable", f"{name} is null, and is said to be never null",
                           arguments)
        if row.fresh and first.address and first.address == second.address and first.size:
            self.fault(row, "fresh", "two results are one piece of memory", arguments)
        if not row.writes and not row.blocks and not row.callbacks \
                and first.content != second.content:
            self.fault(row, "touches", f"it gives {first.content}, then {second.content}, "
                       "and says that it writes nothing", arguments)

    def files(self, row):
        """What touches nothing writes nothing."""
        if not row.is_pure:
            return
        arguments = self.calls.arguments(row)[0]
        def work():
            reading, writing = os.pipe()
            for fd in (1, 2):
                os.dup2(writing, fd)
            self.calls.call(row, arguments)
            os.set_blocking(reading, False)
            try:
                return os.read(reading, 100)
            except BlockingIOError:
                return b""
        written, code = apart(work)
        if not code and written:
            self.fault(row, "touches", f"it writes {written!r} to a file, and says that it "
                       "touches nothing", arguments)

    def pairs(self, row):
        """The results of a row that writes nothing are changed by no call that does not
        say that it writes what the row reads."""
        if row.writes or row.blocks or row.callbacks or not row.result:
            return
        others = [(other, others) for other in self.calls.rows
                  if not other.may_change(row) and other.comes_back
                  and (other.name, "ends") not in self.seen
                  for others in self.calls.arguments(other)[:PAIRED]]
        for arguments in self.calls.arguments(row)[:PAIRED]:
            def work():
                before = self.calls.call(row, arguments)
                for i, (other, with_these) in enumerate(others):
                    self.calls.call(other, with_these)
                    after = self.calls.call(row, arguments)
                    if after.content != before.content:
                        return i, before.content, after.content
                return None
            changed, code = apart(work)
            if changed and not code:
                other, with_these = others[changed[0]]
                self.fault(other, "touches", f"it changes what {row.name} gives from "
                           f"{changed[1]} to {changed[2]}, and says that it writes nothing "
                           "that this reads", with_these)

    def callbacks(self, row):
        """Calls that wait come after it: is its callback called then?"""
        if not row.callbacks:
            return
        waiting = [r for r in self.calls.rows if r.blocks and r.comes_back and r != row]
        # What it was given may go to one that takes a callback, too.
        taking = [r for r in self.calls.rows
                  if r.callbacks and not r.blocks and r.comes_back and r != row]
        for arguments in self.calls.arguments(row):
            for other, between in [(w, ()) for w in waiting] + [
                    (w, taking) for w in waiting] + [(None, ())]:
                with_these = self.calls.arguments(other)[0] if other else ()

                def work():
                    self.calls.call(row, arguments, may_wait=True)
                    self.calls.later = row
                    for r in between:
                        self.calls.call(r, self.calls.arguments(r)[0])
                    self.calls.watch.promises_waited()
                    if other:
                        self.calls.call(other, with_these, may_wait=True)
                    else:
                        for r in self.calls.rows:
                            if not r.blocks and r.comes_back and r != row:
                                self.calls.call(r, self.calls.arguments(r)[0])
                _, code = apart(work)
                if other and self.calls.watch.promises_waited():
                    self.seen.add((other.name, "blocks"))
                if code == CALLED_LATE:
                    return self.fault(row, "kept", "its callback is called after it has "
                                      "returned, and is not said to be kept", arguments)
                if code == CALLED_LATER:
                    return self.seen.add((row.name, "kept"))

    def run(self):
        for row in self.calls.rows:
            self.alone(row)
        for row in self.calls.rows:
            self.files(row)
            self.callbacks(row)
            self.pairs(row)
        if not self.calls.world.is_whole:
            return
        for row in self.calls.rows:
            for says, promise, what in (
                    (row.blocks, "blocks", "it says that it blocks, and never waited"),
                    (any(p["kept"] for p in row.callbacks), "kept",
                     "it says that its callback is kept, and that was never called later")):
                if says and (row.name, promise) not in self.seen:
                    self.fault(row, promise, what)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--world", choices=("plain", "serving"), default="plain")
    parser.add_argument("--file", default="/dev/null", help="a path that is a good text")
    parser.add_argument("runtime")
    parser.add_argument("watch")
    parser.add_argument("families", nargs="+")
    options = parser.parse_args()
    families = [json.load(open(name)) for name in options.families]

    def check(world):
        checker = Checker(Calls(options.runtime, options.watch, families, world))
        checker.run()
        for text in checker.broken.values():
            print("broken:", text)
        calls = checker.calls
        print(f"{len(calls.rows)} intrinsics called, {len(checker.broken)} promises broken"
              + (f"; variadic, not called: {', '.join(calls.variadic)}" if calls.variadic
                 else ""))
        return 1 if checker.broken else 0

    sys.exit(worlds.run(options.world, options.runtime, options.file, check))


main()

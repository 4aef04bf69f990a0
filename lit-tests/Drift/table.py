"""Makes docs/drift.md of the tests in this folder.

usage: table.py [FILE]
Writes it to FILE, or to stdout."""
import pathlib
import re
import sys

HEAD = """# What can drift, and what stops it

An intrinsic is known in many places: its record, the C header, the body, the
declaration in compiled code, the tables of JIT and linker, the ledger, libraries
that were built yesterday. This page lists the ways in which two of them could come to
disagree, and what stops each. It is made of the tests in `lit-tests/Drift`, by
`make drift`: every row is a test that makes the change in a copy of a small family,
and fails unless the message below comes. The copy without the change passes.

*Impossible by construction* means that there is no second place that could
disagree: the test shows that it follows from the record.
"""
ORDER = {
    "by construction": "Impossible by construction",
    "at build": "Caught when the family or its runtime is built",
    "by plumb-abi": "Caught by `plumb-abi check`, in a library that Plumb did not build",
    "at link": "Caught when a program is linked",
    "at load": "Caught when a family, a library or a program is loaded",
}

# What no test can show.
UNSEEN = """
## What no check can see

Two sides can agree on all of the above and mean different things. What stands here is
in the documentation of a row alone; a change of it is a new intrinsic with another
name, or a line in the changelog.

| what | for example |
|---|---|
| units | a delay was in milliseconds and is in microseconds: say it in the name, as `delay_ms`, and a change is a rename |
| ownership | who frees what a handle or `!intr.ptr` stands for, and when; of texts and bytes [the rules](lifetimes-and-threads.md) are fixed |
| threads | from which thread a function may be called, and on which its callbacks run |
| meaning | an order, an encoding, a limit, when a status is returned, what a default is |
| a name that is new on both sides | `left`, `right` became `first`, `second`, and changed places |
| a promise that the body does not keep | records are not compared with what a body of others does; those of Plumb's own families are, by calling each (`lit-tests/Promises`) |
| memory behind an address | what a `!intr.ptr` leads to has no type |
| what a runtime does not say | a library without a table is taken by its names, unless `--require-abi`; `plumb-abi check` reads its debug information |
| tables themselves | one that is compiled into a library of other sources says what it likes |
"""

rows = {}
for path in sorted(pathlib.Path(__file__).parent.glob("*.test")):
    text = path.read_text()
    fields = dict(re.findall(r"^([A-Z]+): (.*)$", text, re.MULTILINE)[::-1])
    if "CLASS" in fields:
        first, *more = re.findall(r"^SAYS(?:-NEXT)?: (.*)$", text, re.MULTILINE)
        # The row that it is about may stand in the next line.
        says = f"{first} {more[0]}" if first.endswith(":") else first
        rows.setdefault(fields["CAUGHT"], []).append(
            (fields["CLASS"], path.stem, says))

out = HEAD
for caught, title in ORDER.items():
    if caught not in rows:
        continue
    out += f"\n## {title}\n\n| what drifts | test | the message begins |\n|---|---|---|\n"
    for what, test, says in rows.pop(caught):
        says = re.sub(r"\{\{.*?\}\}", "...", says).replace("|", "\\|").replace("``", "` `")
        # Markdown's own code marks: the message may have them too.
        mark = "``" if "`" in says else "`"
        out += f"| {what} | `{test}` | {mark}{says}{mark} |\n"
out += UNSEEN
assert not rows, f"unknown CAUGHT: {', '.join(rows)}"
if len(sys.argv) > 1:
    pathlib.Path(sys.argv[1]).write_text(out)
else:
    sys.stdout.write(out)

"""Compares what the two readers of families say of the same family: of every record
file of the suite, good or bad. Those are the .td files in the folders, the parts of
tests that are named .td, and the records that tests of Drift edit.

usage: both_readers.py PLUMB-TBLGEN PLUMB-OPT SCRATCH RECORD-FLAGS DRIFT FOLDER...
"""
import collections
import json
import pathlib
import re
import shlex
import subprocess
import sys

tblgen, opt, scratch, flags, drift, *folders = sys.argv[1:]
scratch, drift = pathlib.Path(scratch), pathlib.Path(drift)
sys.path.insert(0, str(drift))
import mutate  # noqa: E402

# Mistakes about TableGen itself: (pattern, why JSON has no words for it).
ONLY_RECORDS = [
    (r"is not a record$", "a parameter or result of JSON has a type or callback"),
    (r"has no ABI kind", "JSON names only types, which have a kind each"),
    (r"parameter \d+ of .* has no name", "JSON has a name for each"),
    (r"is an attribute with no callback record", "JSON has no attributes"),
    (r"takes callback '\w+', which is not a record of this family",
     "JSON names callbacks of its own file"),
    (r"is variadic; only the last parameter", "JSON has a flag for the row"),
    (r"stands after Environments|has Environments but no|of its Environments;",
     "JSON has no operations"),
    (r" results; a C function returns one", "JSON has one result"),
    (r"is called by the runtime; Out is for intrinsics",
     "JSON has no results that are parameters"),
    (r"is what is left in argument", "JSON has one parameter that is both"),
    (r"stands at position \d+, but there are only \d+ parameters before it",
     "JSON has the parameters in their order"),
    (r"by 'smell'; use Reads or Writes", "JSON has flags for reads and writes"),
    (r"is an operation of dialect '\w+'", "JSON has no dialects"),
    (r"is passed as a parameter; a result is returned or Out$",
     "JSON has results that are returned, and others among the parameters"),
    (r"is an intrinsic of family '\w+' in the file of family",
     "JSON has the rows of one family"),
]

# Files of which there is no JSON to compare with: why.
NO_JSON = {
    "Families/refused.test/syntax.td": "TableGen does not parse it",
    "Families/refused.test/other.td": "it has no family",
    "Families/refused.test/itself.td": "TableGen ends: it includes itself",
    "Families/refused.test/recursion.td": "TableGen ends: a class without end",
    "Families/refused.test/memory.td": "TableGen ends: a text of gigabytes",
    "Tblgen/bad-files.test/none.td": "it has no family",
    "Tblgen/ledger.test/more.td": "it is the end of another file",
    "Tblgen/bad-files.test/two.td": "it has two families",
    "Tblgen/bad-files.test/syntax.td": "TableGen does not parse it",
}

# Words that a built family cannot hold, so that the JSON written from it has
# lost them: file, name of the row and what to do with its object.
LOST = {
    ("bad-kinds.td", "bad.pascal"): lambda row: row.update(convention="pascal"),
    ("bad-kinds.td", "bad.swift_log"): lambda row: row.update(convention="swift"),
    ("bad-types.td", "bad.odd_passing"):
        lambda row: row["params"][0].update(passing="sideways"),
}
LOST_OPTIONS = {
    "bad-records.td": [{"name": "speed", "environment": "PLUMB_BAD_SPEED",
                        "section": "", "doc": "how fast", "type": "",
                        "default": ""}],
}

PART = re.compile(r"^(?://|#)--- (\S+)\n", re.MULTILINE)


def parts_of(text):
    """What split-file makes of a test: (name, text)."""
    _, *rest = PART.split(text)
    return zip(rest[::2], rest[1::2])


def record_files():
    """(name for messages, path) of each."""
    for folder in map(pathlib.Path, folders):
        for path in sorted(folder.rglob("*")):
            name = f"{path.relative_to(folder)}"
            if path.suffix == ".td" and path.is_file():
                yield name, path
            elif path.suffix in (".test", ".mlir", ".py"):
                for part, text in parts_of(path.read_text()):
                    if part.endswith(".td"):
                        copy = scratch / name.replace("/", ".") / part
                        copy.parent.mkdir(exist_ok=True)
                        copy.write_text(text)
                        yield f"{name}/{part}", copy
    records = (drift / "Inputs/clock.td").read_text()
    for path in sorted(drift.glob("*.test")):
        edits = [edit for edit in mutate.Test(path).edits if edit[0] == "clock.td"]
        if edits:
            copy = scratch / path.name / "clock.td"
            copy.parent.mkdir()
            copy.write_text(records)
            mutate.apply(copy.parent, edits)
            yield f"Drift/{path.name}", copy


failed = False


def complain(text):
    global failed
    failed = True
    print(text)


def of_records(path, output):
    """What the reader of records says."""
    done = subprocess.run(
        [tblgen, *shlex.split(flags), "-I", path.parent, path,
         f"-mistaken-json={output}", "-o", scratch / "unused"],
        capture_output=True, text=True)
    return re.findall(r"^\S+:\d+:\d+: error: (.*)$", done.stderr, re.MULTILINE)


def of_json(path):
    """What the reader of JSON says."""
    program = scratch / "empty.mlir"
    program.write_text("")
    done = subprocess.run([opt, f"--load-family={path}", program],
                          capture_output=True, text=True)
    if done.returncode == 0:
        return []
    first, *rest = done.stderr.splitlines()
    if "is not a sound family:" not in first:
        # Sound, but with a name that this program has.
        assert "has the name of a dialect of MLIR" in first, done.stderr
        return []
    # A place, such as intrinsics[3], has no spaces.
    return [re.sub(r"^  ([a-z_]+(\[\d+\])?(\.[a-z_]+)?(\[\d+\])?: )?", "", line)
            for line in rest]


def restore(name, family):
    name = pathlib.PurePath(name).name
    for row in family["intrinsics"]:
        if (name, row["name"]) in LOST:
            LOST[name, row["name"]](row)
    family["options"] = LOST_OPTIONS.get(name, []) + family["options"]


used = set()


def compare(name, path):
    """How many mistakes there are."""
    output = scratch / "family.json"
    output.unlink(missing_ok=True)
    records = collections.Counter(of_records(path, output))
    if not output.exists():
        complain(f"{name}: there is no JSON of it to compare with")
        return len(records)
    family = json.loads(output.read_text())
    restore(name, family)
    output.write_text(json.dumps(family))
    found = collections.Counter(of_json(output))
    for message, count in records.items():
        only = [p for p, _ in ONLY_RECORDS if re.search(p, message)]
        used.update(only)
        if only and message in found:
            complain(f"{name}: both say, so it is no mistake about TableGen "
                     f"alone: {message}")
        elif not only and found[message] != count:
            complain(f"{name}: {count} times of records, {found[message]} of "
                     f"JSON: {message}")
    for message in found:
        if message not in records:
            complain(f"{name}: of JSON only: {message}")
    return len(records)


good = bad = mistakes = 0
for name, path in record_files():
    if name in NO_JSON:
        used.add(name)
        continue
    count = compare(name, path)
    good, bad, mistakes = good + (count == 0), bad + (count > 0), mistakes + count
for entry in [p for p, _ in ONLY_RECORDS] + list(NO_JSON):
    if entry not in used:
        complain(f"nothing needs the entry {entry}")
print(f"compared: {bad} files with {mistakes} mistakes, and {good} without any")
assert good and bad > 5, "files of records are not found"
sys.exit(failed)

"""Compares what the two readers of families say of the same mistakes.

usage: both_readers.py PLUMB-TBLGEN PLUMB-OPT SCRATCH RECORD-FLAGS FILE.td...
"""
import collections
import json
import pathlib
import re
import shlex
import subprocess
import sys

tblgen, opt, scratch, flags, *files = sys.argv[1:]
scratch = pathlib.Path(scratch)

# Mistakes about TableGen itself: JSON has no words for them.
ONLY_RECORDS = [
    r"is not a record$",
    r"has no ABI kind",
    r"parameter \d+ of .* has no name",
    r"is an attribute with no callback record",
    r"takes callback '\w+', which is not a record of this family",
    r"is variadic; only the last parameter",
    r" results; a C function returns one",
    r"is called by the runtime; Out is for intrinsics",
    r"stands at position \d+, but there are only \d+ parameters before it",
    r"by 'smell'; use Reads or Writes",
]

# Words that a built family cannot hold, so that the JSON written from it has
# lost them: (list, name, what to do with its object).
LOST = {
    "bad.pascal": lambda row: row.update(convention="pascal"),
    "bad.swift_log": lambda row: row.update(convention="swift"),
    "bad.odd_passing": lambda row: row["params"][0].update(passing="sideways"),
}
LOST_OPTIONS = {
    "bad-records.td": [{"name": "speed", "environment": "PLUMB_BAD_SPEED",
                        "section": "", "doc": "how fast", "type": "",
                        "default": ""}],
}

failed = False


def complain(text):
    global failed
    failed = True
    print(text)


def messages_of_records(path, output):
    done = subprocess.run(
        [tblgen, *shlex.split(flags), path, f"-mistaken-json={output}",
         "-o", scratch / "unused"], capture_output=True, text=True)
    assert done.returncode, f"{path} has no mistakes"
    return re.findall(r"^\S+:\d+:\d+: error: (.*)$", done.stderr, re.MULTILINE)


def messages_of_json(path):
    program = scratch / "empty.mlir"
    program.write_text("")
    done = subprocess.run([opt, f"--load-family={path}", program],
                          capture_output=True, text=True)
    first, *rest = done.stderr.splitlines()
    assert done.returncode and "is not a sound family:" in first, done.stderr
    # A place, such as intrinsics[3], has no spaces.
    return [re.sub(r"^  ([a-z_]+(\[\d+\])?(\.[a-z_]+)?(\[\d+\])?: )?", "", line)
            for line in rest]


def restore(path, family):
    for row in family["intrinsics"]:
        if row["name"] in LOST:
            LOST[row["name"]](row)
    family["options"] = LOST_OPTIONS.get(path.name, []) + family["options"]


for file in map(pathlib.Path, files):
    output = scratch / (file.stem + ".json")
    records = collections.Counter(messages_of_records(file, output))
    family = json.loads(output.read_text())
    restore(file, family)
    output.write_text(json.dumps(family))
    found = collections.Counter(messages_of_json(output))
    both = 0
    for message, count in records.items():
        if any(re.search(pattern, message) for pattern in ONLY_RECORDS):
            if message in found:
                complain(f"{file.name}: both say, so it is no mistake about "
                         f"TableGen alone: {message}")
        elif found[message] != count:
            complain(f"{file.name}: {count} times of records, "
                     f"{found[message]} of JSON: {message}")
        else:
            both += 1
    for message in found:
        if message not in records:
            complain(f"{file.name}: of JSON only: {message}")
    print(f"{file.name}: {both} of {len(records)} mistakes, both readers agree")

sys.exit(failed)

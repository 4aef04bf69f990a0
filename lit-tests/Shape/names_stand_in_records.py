"""Outside records, runtime bodies, tests, examples and documentation no file
spells an intrinsic: neither its name, nor its source name, nor its symbol."""

import json
import pathlib
import re
import subprocess
import sys

source, build = map(pathlib.Path, sys.argv[1:])
names = set()
for dump in (build / "generated").rglob("*.json"):
    for row in json.loads(dump.read_text())["intrinsics"]:
        names |= {row["name"], row["source_name"], row["symbol"]}
assert len(names) > 100, f"only {len(names)} names: are the JSON dumps there?"

# A folder where names may stand, and why.
allowed = (
    re.compile(r"dialects/[^/]+/[^/]+Intrinsics\.td$"),  # the records
    re.compile(r"runtime/bodies/|include/plumb/Runtime/"),  # the bodies, and around them
    re.compile(r"scripts/deb-smoke$"),  # a test of what is installed
    re.compile(r"(lit-tests|unittests|examples|bench|docs|abi|frontends)/"),
    re.compile(r"(README|CHANGELOG)\.md$"),
)
# `list.find(` is what C++ does with a list of its own.
pattern = re.compile(
    r"(?<![\w.])(" + "|".join(map(re.escape, sorted(names))) + r")(?![\w.(])")
# Comments may have one for an example.
comment = re.compile(r"//.*|^\s*\*.*")
files = subprocess.run(
    ["git", "-C", source, "ls-files", "-z", "--cached", "--others",
     "--exclude-standard"],
    check=True, capture_output=True, text=True).stdout.split("\0")
found = []
for name in filter(None, files):
    if any(rule.match(name) for rule in allowed):
        continue
    try:
        lines = (source / name).read_text().splitlines()
    except (UnicodeDecodeError, FileNotFoundError):
        continue
    for number, line in enumerate(lines, 1):
        for match in pattern.finditer(comment.sub("", line)):
            found.append(f"{name}:{number}: spells '{match.group()}'")
print("\n".join(found))
sys.exit(bool(found))

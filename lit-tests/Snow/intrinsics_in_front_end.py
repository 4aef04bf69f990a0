"""The front end spells no intrinsic: no source name, alias with a dot, operation or C
symbol of any row stands in its sources.

usage: intrinsics_in_front_end.py FRONT-END-FOLDER FAMILY.json...
"""
import json
import pathlib
import re
import sys

folder, *families = sys.argv[1:]
names, operators = {}, set()
for path in families:
    with open(path, encoding="utf-8") as file:
        for row in json.load(file)["intrinsics"]:
            operators.update(row["operators"])
            for name in (row["source_name"], row["name"], row["symbol"],
                         *(alias for alias in row["aliases"] if "." in alias)):
                names[name] = row["location"]
# What a front end may ask for: `list.append` is the word of a literal, too.
for word in operators:
    names.pop(word, None)
assert len(names) > 300, f"only {len(names)} names in {len(families)} families"

WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)?")
# What it says to people is no look-up: comments, and messages and help, which end in
# a sentence. Names there are code between backticks.
SHOWN = re.compile(r"//.*|`[^`\n]*`")
found = read = 0
for path in sorted(pathlib.Path(folder).rglob("*")):
    parts = path.relative_to(folder).parts
    if path.suffix not in (".cpp", ".h", ".td", ".def") or "tests" in parts:
        continue
    read += 1
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for word in WORD.findall(SHOWN.sub("", line)):
            if word in names:
                found += 1
                print(f"{path}:{number}: '{word}' is an intrinsic of {names[word]}; "
                      f"find it by an operator, or by what the program says")
assert read > 20, f"only {read} files in {folder}"
sys.exit(bool(found))

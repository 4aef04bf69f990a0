"""usage: one_list.py BUILD
Every place that is made of a family's records has the same rows, for each built-in
family: what is in one and not in another would be declared but not found, or found
but not known."""
import json
import pathlib
import re
import sys

build = pathlib.Path(sys.argv[1])
# Symbols of the rows, as each file spells them. PREFIX is the family's.
PLACES = {
    "include/plumb/{}.h": r"^PLUMB_API .*?\b({})\(",
    "include/plumb/{}.asserts.h": r"is_same_v<decltype\(&({})\)",
    "generated/{0}/{0}.guards.cpp": r'^extern "C" .*?\b({})\(',
    "generated/{0}/{0}.abi-table.cpp": r'^    "row [0-9a-f]{{16}} ({}) ',
    "generated/{0}/{0}.map": r"^    ({});",
    "generated/{0}/{0}.jit.cpp": r'^    {{"({})", reinterpret_cast',
    "generated/{0}/{0}.descriptor.cpp": r'^ +"({})", "',
}
checked = 0
for dump in sorted((build / "generated").glob("*/*.json")):
    rows = json.loads(dump.read_text())["intrinsics"]
    family = dump.stem
    symbols = {row["symbol"] for row in rows}
    if not rows or not (build / f"include/plumb/{family}.h").exists():
        continue
    for place, pattern in PLACES.items():
        path = place.format(family)
        text = (build / path).read_text()
        found = set(re.findall(pattern.format(f"plumb_{family}_[a-z0-9_]+"), text,
                               re.MULTILINE))
        if found != symbols:
            sys.exit(f"{path}: has not the rows of {dump}: {found ^ symbols}")
        checked += 1
    for row in rows:
        tests = build / "lit-tests/Rows" / f"{row['name']}.mlir"
        if not tests.exists():
            sys.exit(f"{row['name']} has no generated test {tests}")
assert checked, "no family was found"
print("all lists agree")

"""Compares no text with a name of the model's tables.

usage: kind_names.py PROJECT FOLDER-TO-CHECK
"""
import pathlib
import re
import sys

project, root = map(pathlib.Path, sys.argv[1:])

kinds = re.findall(r'^PLUMB_KIND\(\w+, "(\w+)"',
                   (project / "include/plumb/Model/Kinds.def").read_text(), re.M)
# Of LLVM types the shapes of C's own names would be taken for mistakes.
others = re.findall(r'ENTRY\(PLUMB_INTR_(?:CC|PASS|ATTR)_\w+,\s*"(\w+)"\)',
                    (project / "model/Names.cpp").read_text())
assert len(kinds) > 20 and len(others) > 15, "the tables have moved"
names = "|".join(set(kinds + others))
compares = re.compile(
    rf'(?:[!=]=\s*|\bCases?\(\{{?[^)]*?|starts_with\()"({names})"')

# Words of C that are no kinds: what a C type is called.
ALLOWED = {("tools/plumb-abi/readers/RecordSignature.cpp", "bool")}

bad = []
for folder in ("capi", "dialects", "execution", "model", "passes", "tools"):
    for path in sorted((root / folder).rglob("*")):
        if path.suffix not in (".h", ".cpp"):
            continue
        name = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = compares.search(line)
            if (found and (name, found[1]) not in ALLOWED
                    and "LedgerEntry" not in line):
                bad.append(f'{name}:{number}: compares with "{found[1]}"; use '
                           "an enumerator of plumb/Model")
print("\n".join(bad))
sys.exit(bool(bad))

"""Looks that each line of unsupported.txt is about a test that can be off for it.

usage: unsupported_list.py LIT_TESTS [LIST]
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root))
from reasons import read_list

wrong = []
for test, feature in read_list(sys.argv[2] if sys.argv[2:] else root / "unsupported.txt"):
    path = root / test
    if not path.exists():
        wrong.append(f"there is no test {test}")
    elif not re.search(rf"(REQUIRES|UNSUPPORTED):.*\b{feature}\b", path.read_text()):
        wrong.append(f"{test} is never off for '{feature}'")
print(*wrong, sep="\n")
sys.exit(bool(wrong))

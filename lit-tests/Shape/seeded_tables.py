"""Every hash table of the runtime is keyed by addresses of our own or has a
hash that is seeded, by itself or in the file that it stands in."""

import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
table = re.compile(
    r"(?:std|boost)::(?:unordered_(?:multi)?(?:map|set)|unordered_flat_\w+"
    r"|unordered_node_\w+)<")


def arguments(text, at):
    """The template arguments that begin at `at`, and where they end."""
    depth, begin, found = 1, at, []
    while depth:
        if text[at] == "<":
            depth += 1
        elif text[at] == ">":
            depth -= 1
        if not depth or (text[at] == "," and depth == 1):
            found.append(" ".join(text[begin:at].split()))
            begin = at + 1
        at += 1
    return found, at


def is_seeded(given, text):
    if given[0].endswith("*"):
        return True  # No peer chooses where we allocate.
    for name in given[1:]:
        if "SeededHash" in name:
            return True
        body = re.search(
            r"\b%s::operator\(\)[^}]*SeededHash" % re.escape(name), text)
        if body:
            return True
    return False


bad = []
for path in sorted((root / "runtime").rglob("*")):
    if path.suffix not in (".h", ".cpp") or path.name == "SeededHash.h":
        continue
    text = path.read_text()
    # The hash of a header's table may be defined beside it.
    source = path.with_suffix(".cpp")
    both = text + (source.read_text() if source.exists() else "")
    places = [(m.start(), m.group()) for m in re.finditer("std::hash<", text)]
    for match in table.finditer(text):
        given, end = arguments(text, match.end())
        if not is_seeded(given, both):
            places.append((match.start(), text[match.start():end]))
    for at, what in places:
        line = text.count("\n", 0, at) + 1
        bad.append(f"{path.relative_to(root)}:{line}: {' '.join(what.split())}"
                   ": use runtime/base/SeededHash.h")
print("\n".join(bad))
sys.exit(bool(bad))

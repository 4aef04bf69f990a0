"""Runs one test of this folder: see README.md.

usage: mutate.py TEST SCRATCH BUILD SOURCE MLIR LLVM CC CXX
"""
import argparse
import fcntl
import hashlib
import pathlib
import re
import sys

from scratch import Failed, Scratch


class Test:
    """A test file: its keywords, and its edits as (file, old text, new text)."""

    def __init__(self, path):
        self.path = path
        self.fields, self.says, self.edits = {}, [], []
        for line in path.read_text().splitlines():
            match = re.match(r"([A-Z-]+): (.*)", line)
            if match and match[1] == "EDIT":
                self.edits.append((match[2], [], []))
            elif match and match[1] == "SAYS":
                self.says.append(match[2])
            elif match:
                self.fields[match[1]] = match[2]
            elif self.edits and line[:2] in ("- ", "+ "):
                self.edits[-1][1 if line[0] == "-" else 2].append(line[2:] + "\n")
            elif self.edits and line.startswith("~ "):
                old, new = line[2:].split(" ==> ", 1)
                self.edits[-1][1].append(old)
                self.edits[-1][2].append(new)

    def __getitem__(self, field):
        return self.fields[field]

    def get(self, field, default=None):
        return self.fields.get(field, default)


def apply(folder, edits):
    """Makes the edits of files that are there; returns those that are left."""
    left = []
    for name, old, new in edits:
        file = folder / name
        if not file.exists():
            left.append((name, old, new))
            continue
        text = file.read_text()
        before, after = "".join(old), "".join(new)
        if before:
            assert text.count(before) == 1, f"{name} has not once:\n{before}"
            text = text.replace(before, after)
        else:
            text += after
        file.write_text(text)
    return left


def take(scratch, test, edits=()):
    """Through every step, with the edits made before the one that they concern."""
    library = test.get("LIBRARY", "with the records")
    scratch.release()
    if library == "older":
        scratch.build()
    left = apply(scratch.folder, edits)
    if library == "with the records":
        scratch.check_ledger()
        scratch.generate()
        left = apply(scratch.folder, left)
        scratch.build_library()
    elif library == "foreign":
        scratch.build_foreign_library()
    assert not left, f"no file {left[0][0]} to edit"
    scratch.start_program(test.get("STARTS", "plumb-run"),
                          test.get("ARGUMENTS", "").split())


def key_of(test, inputs, tools):
    """Of all that goes into the unchanged copy: what the tests that have it ask for,
    their files, and what the build has made."""
    key = hashlib.sha256(repr([test.get(field) for field in
                               ("RUNTIME", "LIBRARY", "STARTS", "ARGUMENTS")]).encode())
    files = [*inputs.iterdir(), *pathlib.Path(__file__).parent.glob("*.py"),
             *pathlib.Path(tools.source, "include").rglob("*")]
    for folder in ("bin", "lib", "include/plumb"):
        files += pathlib.Path(tools.build, folder).iterdir()
    for file in sorted(files):
        status = file.stat()
        key.update(f"{file} {status.st_size} {status.st_mtime_ns}\n".encode())
    return key.hexdigest()


def take_unchanged(test, inputs, tools, folder):
    """Once for all tests that have the same copy; others wait for the one that does."""
    key = key_of(test, inputs, tools)
    name = "-".join(test.get(field, "").strip("-") for field in
                    ("RUNTIME", "LIBRARY", "STARTS", "ARGUMENTS"))
    place = folder.parent / f"unchanged.{name}"
    with open(f"{place}.passed", "a+") as passed:
        fcntl.flock(passed, fcntl.LOCK_EX)
        passed.seek(0)
        if passed.read() == key:
            return
        passed.truncate(0)
        take(Scratch(place, inputs, tools, test.get("RUNTIME", "c")), test)
        passed.write(key)


def matches(pattern, line):
    return re.fullmatch(re.escape(pattern).replace(r"\.\.\.", ".*"), line.strip())


def main():
    parser = argparse.ArgumentParser()
    for name in ("test", "scratch", "build", "source", "mlir", "llvm", "cc", "cxx"):
        parser.add_argument(name)
    tools = parser.parse_args()
    test = Test(pathlib.Path(tools.test))
    inputs = pathlib.Path(tools.test).parent / "Inputs"
    folder = pathlib.Path(tools.scratch)
    language = test.get("RUNTIME", "c")

    # What fails below fails because of the edit.
    try:
        take_unchanged(test, inputs, tools, folder)
    except Failed as failure:
        sys.exit(f"the unchanged copy fails in step {failure.step}:\n{failure.text}")

    try:
        take(Scratch(folder / "changed", inputs, tools, language), test, test.edits)
    except Failed as failure:
        step, text = failure.step, failure.text
    else:
        sys.exit("nothing stops the changed copy")
    print(f"stopped in step {step}:\n{text}")
    if step != test["STOPS"]:
        sys.exit(f"it is stopped in step {step}, not {test['STOPS']}")
    lines = text.splitlines()
    if not test.says:
        sys.exit("the test has no SAYS")
    for pattern in test.says:
        while lines and not matches(pattern, lines[0]):
            lines.pop(0)
        if not lines:
            sys.exit(f"it does not say, or not in this order:\n{pattern}")
        lines.pop(0)


if __name__ == "__main__":
    main()

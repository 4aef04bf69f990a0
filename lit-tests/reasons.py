"""Reads unsupported.txt: tests that need not run everywhere, and why."""

import re


def read_list(path):
    """{(test, feature): reason} of a file of lines `test feature: reason`."""
    listed = {}
    with open(path, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            line = line.split("#", 1)[0].strip()
            if not line:
                continue
            match = re.fullmatch(r"(\S+)\s+([\w-]+):\s*(\S.*)", line)
            if not match:
                raise ValueError(f"{path}:{number}: expected 'test feature: reason'")
            listed[match[1], match[2]] = match[3]
    return listed

#!/usr/bin/env python3
"""Runs the programs of a folder and compares what they write, exactly.

usage: run.py [--snowc FILE] [--jobs N] [--filter REGEX] [--update] [--build]
              [--option OPTION]... FOLDER

programs/  NAME.snow, or a folder NAME with a main.snow, is run; its standard output
           is NAME.out. NAME.err is its standard error, if it has any; the exit code is
           1 if there is an error in it, and else 0. NAME.in is its standard input,
           NAME.args its arguments, one a line.
           --build: compiled by `snowc build` and then run.
rejected/  NAME.snow, or a folder, is checked; NAME.err is what is reported. If that
           are warnings alone, the exit code is 0, and else 1. Every fix that is
           offered is tried: afterwards there must be fewer messages.

--update writes the .out or .err of what there is; read them before you commit.
--option is passed on to snowc, such as --option=-O0.
"""

import argparse
import concurrent.futures
import difflib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SECONDS = 300  # of one program, on a machine that does much else
# A program that leaves objects behind says so and ends with 3.
ENVIRONMENT = {**os.environ, "PLUMB_VALUES_CHECK": "1"}


class Case:
    def __init__(self, folder, name):
        self.folder = folder
        self.name = name
        path = os.path.join(folder, name + ".snow")
        self.input = name + ".snow" if os.path.exists(path) else name

    def path(self, ending):
        return os.path.join(self.folder, self.name + ending)

    def read(self, ending):
        try:
            with open(self.path(ending), "rb") as file:
                return file.read()
        except FileNotFoundError:
            return None

    def write(self, ending, content):
        if content:
            with open(self.path(ending), "wb") as file:
                file.write(content)
        elif os.path.exists(self.path(ending)):
            os.remove(self.path(ending))


def cases(folder):
    names = set()
    for entry in sorted(os.listdir(folder)):
        path = os.path.join(folder, entry)
        if entry.endswith(".snow"):
            names.add(entry[:-len(".snow")])
        elif os.path.isdir(path):
            names.add(entry)
    return [Case(folder, name) for name in sorted(names)]


def execute(command, folder, stdin=b""):
    """The exit code, the standard output and the standard error."""
    try:
        done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True,
                              env=ENVIRONMENT, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired:
        return "timeout", b"", b""
    return done.returncode, done.stdout, done.stderr


def difference(what, expected, found):
    if expected == found:
        return ""
    lines = difflib.unified_diff(
        expected.decode(errors="replace").splitlines(keepends=True),
        found.decode(errors="replace").splitlines(keepends=True),
        f"{what} expected", f"{what} found")
    text = "".join(line if line.endswith("\n") else line + "\n" for line in lines)
    return text or f"{what} differs in its bytes\n"


def run_program(case, options):
    arguments = (case.read(".args") or b"").decode().splitlines()
    stdin = case.read(".in") or b""
    if options.build:
        with tempfile.TemporaryDirectory() as scratch:
            program = os.path.join(scratch, "program")
            built = execute([options.snowc, "build", *options.option, case.input,
                             "-o", program], case.folder)
            if built[0] != 0:
                return f"snowc build: {built[0]}\n{built[2].decode(errors='replace')}"
            code, out, err = execute([program, *arguments], case.folder, stdin)
            err = built[2] + err  # As when it is compiled and run at once.
    else:
        command = [options.snowc, "run", *options.option, case.input]
        if arguments:
            command += ["--", *arguments]
        code, out, err = execute(command, case.folder, stdin)
    if options.update:
        case.write(".out", out)
        case.write(".err", err)
    expected_err = case.read(".err") or b""
    wrong = difference("output", case.read(".out") or b"", out)
    wrong += difference("standard error", expected_err, err)
    expected = 1 if re.search(rb"^error", expected_err, re.M) else 0
    if code != expected:
        wrong += f"exit code {code} instead of {expected}\n"
    return wrong


def check(case_input, folder, options):
    return execute([options.snowc, "check", *options.option, case_input], folder)


def messages(case_input, folder, options):
    code, out, err = execute([options.snowc, "check", "--json", *options.option,
                              case_input], folder)
    found = []
    for line in err.decode().splitlines():
        found.append(json.loads(line))
    return found


def try_fixes(case, options):
    """What is wrong with the fixes that are offered."""
    wrong = ""
    before = messages(case.input, case.folder, options)
    for message in before:
        if "fix" not in message:
            continue
        with tempfile.TemporaryDirectory() as scratch:
            source = os.path.join(case.folder, case.input)
            if os.path.isdir(source):
                shutil.copytree(source, os.path.join(scratch, case.input))
            else:
                shutil.copy(source, scratch)
            for edit in sorted(message["fix"]["edits"], key=lambda edit: -edit["begin"]):
                path = os.path.join(scratch, edit["file"])
                with open(path, "rb") as file:
                    text = file.read()
                with open(path, "wb") as file:
                    file.write(text[:edit["begin"]] + edit["replacement"].encode() +
                               text[edit["end"]:])
            after = messages(case.input, scratch, options)
            errors = lambda found: sum(m["severity"] == "error" for m in found)
            if len(after) >= len(before) and errors(after) >= errors(before):
                wrong += (f"the fix '{message['fix']['title']}' leaves "
                          f"{len(after)} messages of {len(before)}:\n" +
                          "".join(m["message"] + "\n" for m in after))
    return wrong


def run_rejected(case, options):
    code, out, err = check(case.input, case.folder, options)
    if options.update:
        case.write(".err", err)
    expected = case.read(".err")
    if expected is None:
        return f"there is no {case.path('.err')}\n{err.decode(errors='replace')}"
    wrong = difference("messages", expected, err) + difference("output", b"", out)
    wanted = 1 if re.search(rb"^error\[", expected, re.M) else 0
    if code != wanted:
        wrong += f"exit code {code} instead of {wanted}\n"
    if b"= fix: " in err:
        wrong += try_fixes(case, options)
    return wrong


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--snowc", default="snowc")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--filter", default="")
    parser.add_argument("--option", action="append", default=[])
    parser.add_argument("--build", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    options.snowc = shutil.which(options.snowc) or options.snowc
    options.snowc = os.path.abspath(options.snowc)
    folder = os.path.abspath(options.folder)
    run = run_rejected if os.path.basename(folder) == "rejected" else run_program
    chosen = [case for case in cases(folder) if re.search(options.filter, case.name)]
    failed = []
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for case, wrong in zip(chosen, pool.map(lambda c: run(c, options), chosen)):
            if wrong:
                failed.append(case.name)
                print(f"{case.name}: FAILED\n{wrong}", flush=True)
    print(f"{len(chosen) - len(failed)} of {len(chosen)} as expected")
    if failed:
        print("failed: " + " ".join(failed))
    return 1 if failed or not chosen else 0


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/python3
"""Writes the man pages of one tool, and of each of its commands, by help2man.

usage: man_page.py TOOL FOLDER SEE-ALSO...
Makes FOLDER/TOOL.1, and FOLDER/TOOL-COMMAND.1 for commands. help2man reads help
that is written as GNU's tools write it, so it is given that.
"""
import os
import pathlib
import re
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True  # the project's folders stay as they are
import help_text


def gnu(help):
    # Indented lines would be examples.
    details = re.sub(r"^ +", "", help.details, flags=re.M)
    lines = [f"Usage: {help.usage}", "", help.overview + ".", "", details, ""]
    for title, options in help.sections:
        if not options:
            continue
        lines.append(title.rstrip(":") + ":")
        for option in options:
            text = option.text
            if option.choices:
                text = text.rstrip(".") + ": " + "; ".join(
                    value + (f" ({what.rstrip('.')})" if what else "")
                    for value, what in option.choices)
            lines.append(f"  {option.spelling()}  {text}")
        lines.append("")
    if help.commands:
        lines.append("Commands:")
        lines += [f"  {name}  {command.overview}"
                  for name, command in help.commands.items()]
    return "\n".join(lines) + "\n"


def write(help, version, output, others):
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        (scratch / "help").write_text(gnu(help))
        stand_in = scratch / "tool"
        stand_in.write_text(f"#!/bin/sh\nexec cat {scratch}/help\n")
        stand_in.chmod(0o755)
        names = ",\n".join(f".BR {name} (1)" for name in others)
        (scratch / "more").write_text(
            "[ENVIRONMENT]\n.TP\n.B PLUMB_LOAD_FAMILY\nfiles of families to load, "
            "separated by colons, as \\fB\\-\\-load\\-family\\fR does\n\n"
            f"[SEE ALSO]\n{names}\n.PP\nThe pages in /usr/share/doc/plumb.\n")
        name = help.name.replace(" ", "-")
        overview = help.overview
        if not overview.startswith("Plumb"):
            overview = overview[:1].lower() + overview[1:]
        done = subprocess.run(
            ["help2man", "--no-info", "--section=1", "--manual=Plumb",
             f"--source={version}", f"--version-string={name} {version.split()[-1]}",
             f"--name={overview}", f"--include={scratch}/more", str(stand_in)],
            check=True, text=True, stdout=subprocess.PIPE,
            env=dict(os.environ, LC_ALL="C.UTF-8"))
        # No date: two builds are the same.
        output.write_text(re.sub(r'^(\.TH \S+ "1") "[^"]*"', r'\1 ""', done.stdout,
                                 flags=re.M))


def main(tool, folder, *others):
    path = pathlib.Path(tool)
    help = help_text.read(tool, path.name)
    version = subprocess.run([tool, "--version"], check=True, text=True,
                             stdout=subprocess.PIPE).stdout.split(" (")[0].strip()
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    others = [other for other in others if other != path.name]
    write(help, version, folder / f"{path.name}.1",
          [f"{path.name}-{command}" for command in help.commands] + others)
    for name, command in help.commands.items():
        write(command, version, folder / f"{path.name}-{name}.1", [path.name])


if __name__ == "__main__":
    main(*sys.argv[1:])

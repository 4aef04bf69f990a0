"""What the pages name exists: links, files and folders of the project, targets
of the Makefile. Every page can be reached from README.md. What waits for a line in
a file says nothing while there is no file.

usage: check_pages.py SOURCE
"""
import pathlib
import re
import subprocess
import sys

from run_page import blocks

source = pathlib.Path(sys.argv[1]).resolve()
pages = [*sorted(source.glob("*.md")), *sorted((source / "docs").rglob("*.md"))]
targets = set(re.findall(r"^([a-z][\w -]*):(?!=)", (source / "Makefile").read_text(),
                         re.MULTILINE))
targets = {word for line in targets for word in line.split()}
folders = ("bench|capi|cmake|command-line|dialects|docs|examples|execution|"
           "lit-tests|passes|runtime|scripts|tools|unittests")
wrong, linked = [], {source / "README.md"}

for page in pages:
    text = page.read_text()
    name = page.relative_to(source)
    code = "".join(content for _, _, content in blocks(text))
    made = {info[1] for _, info, _ in blocks(text) if len(info) > 1}
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    for link in re.findall(r"\]\(([^)#\s]+)[^)]*\)", prose):
        if re.match(r"\w+:", link):
            continue
        target = (page.parent / link).resolve()
        linked.add(target)
        if not target.exists():
            wrong.append(f"{name}: links to {link}, which does not exist")
    for path in re.findall(rf"`((?:{folders})/[\w./-]*)`", prose):
        # docs/reference is in the build folder.
        if not (source / path).exists() and path not in made and (
                not path.startswith("docs/reference")):
            wrong.append(f"{name}: names {path}, which does not exist")
    for target in re.findall(r"(?:^[$#] |`)make ([a-z][a-z-]*)\b(?!=)", prose + code,
                             re.MULTILINE):
        if target not in targets:
            wrong.append(f"{name}: names target '{target}' of no Makefile")

    for wait in re.findall(r"^until grep (?!-\w*s).*", code, re.MULTILINE):
        wrong.append(f"{name}: '{wait}' complains while the file is not there; "
                     "use -s")

wrong += [f"{page.relative_to(source)}: no page links to it"
          for page in pages if page not in linked]

print("\n".join(wrong))
sys.exit(bool(wrong))

"""Makes the documentation one static site: README.md, docs/, bench/ and the
generated reference. Everything it needs is in the site; it works from file://.

usage: build_site.py SOURCE REFERENCE SITE FAMILY.json...
Fails when a link or an anchor leads nowhere, or an intrinsic has no entry.
"""
import html
import json
import os
import pathlib
import re
import shutil
import sys

sys.dont_write_bytecode = True  # the project's folders stay as they are
try:
    import page
except ImportError as error:
    sys.exit(f"build_site.py: error: {error}; install python3-markdown-it, as "
             "`make docs` does")

HERE = pathlib.Path(__file__).resolve().parent


class Site:
    def __init__(self, source, reference, out, families):
        self.source, self.out, self.wrong = source, out, []
        self.families = families
        self.pages = {}  # by resolved source path, in the order of navigation
        self.groups = {"Guide": [], "Reference": [], "Measuring": [],
                       "Project": [], "Decisions": []}
        for group, name, path in self.find(reference):
            self.pages[path] = page.Page(path, name)
            self.groups[group].append(self.pages[path])

    def find(self, reference):
        """(group, name in the site, path): the guide in README's order."""
        readme = self.source / "README.md"
        yield "Guide", "index.html", readme
        # The last table of README leads on; links before it are in passing.
        text = readme.read_text()
        linked = re.findall(r"\]\((docs/[\w-]+\.md)\)",
                            text[text.find("## Where to go next"):] + text)
        others = sorted(f"docs/{p.name}" for p in (self.source / "docs").glob("*.md"))
        for name in dict.fromkeys(linked + others):
            yield "Guide", pathlib.Path(name).stem + ".html", self.source / name
        for path in sorted(self.source.glob("*.md")):
            if path != readme:
                yield "Project", f"{path.stem.lower()}.html", path
        names = {family["name"] for family in self.families}
        for path in sorted(reference.glob("*.md"),
                           key=lambda p: (p.stem not in names, p.stem)):
            yield "Reference", f"reference/{path.stem}.html", path
        for group, folder, name in (("Measuring", "bench", "bench"),
                                    ("Decisions", "docs/decisions", "decisions")):
            # README first: it leads to the others.
            for path in sorted((self.source / folder).glob("*.md"),
                               key=lambda p: (p.stem != "README", p.stem)):
                stem = "index" if path.stem == "README" else path.stem
                yield group, f"{name}/{stem}.html", path

    def resolve(self, of, link):
        """What a link of a page becomes; the anchors are checked at the end."""
        if re.match(r"[a-z]+:", link):
            return link
        name, _, fragment = link.partition("#")
        path = (of.path.parent / name).resolve() if name else of.path
        if path.is_dir() and path / "README.md" in self.pages:
            path = path / "README.md"
        root = os.path.relpath(".", os.path.dirname(of.name) or ".")
        if path in self.pages:
            of.targets.append((link, self.pages[path], fragment))
            target = os.path.join(root, self.pages[path].name)
            return os.path.normpath(target) + ("#" + fragment if fragment else "")
        if not path.is_file() or self.source not in path.parents:
            self.wrong.append(f"{of.path}: links to {link}, which does not exist")
            return link
        # Pictures, and sources that a page shows.
        copy = pathlib.Path("files") / path.relative_to(self.source)
        (self.out / copy).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self.out / copy)
        return os.path.normpath(os.path.join(root, copy))

    def check(self):
        for of in self.pages.values():
            for link, target, fragment in of.targets:
                if fragment and fragment not in target.ids:
                    self.wrong.append(f"{of.path}: links to {link}, but "
                                      f"{target.path} has no such heading")
        for family in self.families:
            target = self.reference_of(family)
            for row in family["intrinsics"]:
                if not target or row["name"] not in target.ids:
                    self.wrong.append(f"the reference has no entry for "
                                      f"{row['source_name']}")

    def reference_of(self, family):
        names = {p.name: p for p in self.groups["Reference"]}
        return names.get(f"reference/{family['name']}.html")

    def index(self):
        """[name, kind, summary, address, other names] of all that can be found."""
        entries = []
        for family in self.families:
            at = f"reference/{family['name']}.html"
            for row in family["intrinsics"]:
                entries.append([row["source_name"], "intrinsic", row["summary"],
                                f"{at}#{row['name']}", [row["name"], row["symbol"]]])
            for callback in family["callbacks"]:
                entries.append([callback["name"], "callback", callback["summary"],
                                f"{at}#callback-{callback['name']}", [callback["c"]]])
            for kind in ("enums", "structs"):
                for item in family[kind]:
                    entries.append([item["name"], kind[:-1], item["summary"],
                                    f"{at}#{item['name']}", [item["c"]]])
            for status in family["statuses"]:
                entries.append([status["name"], "status", status["message"],
                                f"{at}#status-codes", [status["c"]]])
            for option in family["options"]:
                entries.append([option["environment"], "option", option["doc"],
                                f"{at}#options", [option["name"]]])
        for of in self.pages.values():
            entries.append([of.title, "page", "", of.name, []])
            for level, anchor, text in of.headings:
                if level == 2 or (level == 3 and of.path.stem in ("operations",
                                                                  "passes")):
                    entries.append([text, "section", of.title,
                                    f"{of.name}#{anchor}", []])
        return entries

    def navigation(self, of):
        root = os.path.relpath(".", os.path.dirname(of.name) or ".")
        text = ""
        for group, pages in self.groups.items():
            if not pages:
                continue
            items = "".join(
                '<li><a href="{}"{}>{}</a></li>'.format(
                    os.path.normpath(os.path.join(root, p.name)),
                    ' aria-current="page"' if p is of else "",
                    html.escape(p.short_title))
                for p in pages)
            text += f"<h2>{group}</h2><ul>{items}</ul>"
        return text

    def build(self):
        for of in self.pages.values():
            of.read(lambda link, of=of: self.resolve(of, link))
        self.check()
        if self.wrong:
            return
        template = (HERE / "page.html").read_text()
        for of in self.pages.values():
            root = os.path.relpath(".", os.path.dirname(of.name) or ".")
            contents = "".join(
                f'<li class="level{level}"><a href="#{anchor}">{html.escape(text)}'
                "</a></li>" for level, anchor, text in of.headings)
            values = {"title": html.escape(of.title), "root": root,
                      "navigation": self.navigation(of), "content": of.html,
                      "contents": f"<h2>On this page</h2><ul>{contents}</ul>"
                      if len(of.headings) > 1 else ""}
            path = self.out / of.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(re.sub(r"\{\{(\w+)\}\}",
                                   lambda m: values[m.group(1)], template))
        for name in ("site.css", "site.js"):
            shutil.copyfile(HERE / name, self.out / name)
        index = json.dumps(self.index(), ensure_ascii=False, separators=(",", ":"))
        # A script and not JSON: a page from file:// may load no other file.
        (self.out / "search-index.js").write_text(f"const searchIndex = {index};\n")


def main():
    source, reference, out, *files = map(pathlib.Path, sys.argv[1:])
    if out.exists():
        shutil.rmtree(out)
    out.mkdir(parents=True)
    families = [json.loads(path.read_text()) for path in files]
    site = Site(source.resolve(), reference.resolve(), out.resolve(), families)
    site.build()
    for line in site.wrong:
        print(f"build_site.py: error: {line}", file=sys.stderr)
    sys.exit(bool(site.wrong))


main()

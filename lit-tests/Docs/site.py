"""Checks the site of `make docs` by itself, as a browser would see it.

usage: site.py SITE FAMILY.json...
"""
import html.parser
import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.parse

site, *families = map(pathlib.Path, sys.argv[1:])
site = site.resolve()


class Reader(html.parser.HTMLParser):
    """Ids and links of a page; every element is closed."""
    VOID = {"meta", "link", "input", "img", "br", "hr", "path", "circle"}

    def __init__(self, path):
        super().__init__()
        self.path, self.ids, self.links, self.open = path, [], [], []
        self.feed(path.read_text())
        assert not self.open, f"{path}: {self.open} have no end"

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        self.ids += [attributes["id"]] if "id" in attributes else []
        self.links += [attributes[name] for name in ("href", "src")
                       if name in attributes]
        if tag == "img":
            assert attributes.get("alt"), f"{self.path}: a picture without words"
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        # HTML lets a paragraph and an item end by themselves; this site does not.
        if tag not in self.VOID:
            assert self.open and self.open.pop() == tag, f"{self.path}: </{tag}>"


pages = {path: Reader(path) for path in site.rglob("*.html")}
assert site / "index.html" in pages
reached = set()
for path, page in pages.items():
    assert len(set(page.ids)) == len(page.ids), f"{path}: an id is there twice"
    for link in page.links:
        url = urllib.parse.urlsplit(link)
        if url.scheme:
            assert url.scheme in ("https", "mailto"), (path, link)
            continue
        target = (path.parent / url.path).resolve() if url.path else path
        assert target.is_file() and site in target.parents, (path, link)
        if url.fragment:
            assert url.fragment in pages[target].ids, (path, link)
        reached.add(target)
everything = {path for path in site.rglob("*") if path.is_file()}
assert reached == everything, everything ^ reached
for name in ("site.css", "site.js", "page.html"):
    for path in site.rglob(name):
        assert "http" not in path.read_text(), f"{path} needs the network"

count = 0
for path in families:
    family = json.loads(path.read_text())
    page = pages[site / "reference" / (family["name"] + ".html")]
    text = page.path.read_text()
    for row in family["intrinsics"]:
        assert row["name"] in page.ids, row["name"]
        for part in (row["symbol"], row["source_name"], row["summary"]):
            assert part.replace("'", "&#x27;") in text or part in text, part
        count += 1
assert count > 30, count


def browse(address):
    """The page as it is once its scripts have run, without the network."""
    with tempfile.TemporaryDirectory() as profile:
        return subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu",
             "--host-resolver-rules=MAP * ~NOTFOUND", f"--user-data-dir={profile}",
             "--dump-dom", f"file://{site}/{address}"],
            check=True, capture_output=True, text=True, timeout=120).stdout


def results(dom):
    """(name, address) of what the search shows."""
    part = dom.split('id="results"')[1].split("</ul>")[0]
    return [(item.split("<b>")[1].split("</b>")[0],
             item.split('href="')[1].split('"')[0])
            for item in part.split("<li")[1:] if "href" in item]


# By source name, operation, C symbol and a word of the summary; from a page in a
# folder too.
for address, wanted in (
        ("index.html?q=Ws.join", ("Ws.join", "./reference/ws.html#ws.join")),
        ("reference/ws.html?q=str.length",
         ("Str.length", "../reference/str.html#str.length")),
        ("index.html?q=plumb_time_now", ("Time.now", "./reference/time.html#time.now")),
        ("index.html?q=broadcast", ("Ws.broadcast", "./reference/ws.html#ws.broadcast"))):
    shown = results(browse(address))
    assert shown and shown[0] == wanted, (address, shown)
    target, _, anchor = wanted[1].partition("#")
    path = ((site / address.split("?")[0]).parent / target).resolve()
    assert anchor in pages[path].ids, wanted
nothing = browse("index.html?q=no_such_name")
assert not results(nothing) and "Nothing has this name" in nothing

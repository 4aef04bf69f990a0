"""The command line."""
import argparse
import pathlib
import re
import sys

from .check import check
from .measure import Bench, measure
from .plots import plots
from .report import tables
from .rows import ALL, VARIANTS, all_rows
from .servers import say
from .store import Store

ABOUT = """Measures the load target beside its peers.

  bench/run measure   runs what is missing in the results, and adds it
  bench/run report    tables (Markdown) and plots (SVG) of the results
  bench/run check     what misses the thresholds; exit status 1 if anything does
  bench/run list      the rows

Every run starts its server afresh; servers of a row take turns, and medians of
all good runs count. With two cores, the server has one and the load generator
the other. A peer that is not there is left out, with a line that says so."""


def options():
    parser = argparse.ArgumentParser(
        prog="bench/run", description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("measure", "report", "check", "list"))
    parser.add_argument("--build", default="build/release",
                        help="the build folder (build/release)")
    parser.add_argument("--results", help="the results: a file of lines of JSON "
                        "(BUILD/bench/results.jsonl)")
    parser.add_argument("--rows", help="only rows whose name has this (a regular "
                        "expression)")
    parser.add_argument("--peers", help="only these servers: names with commas")
    parser.add_argument("--runs", type=int, help="runs of each (3; quick: 1)")
    parser.add_argument("--quick", action="store_true",
                        help="short runs of some rows, or of all that --rows "
                        "names: does it work, not how fast")
    parser.add_argument("--minutes", type=float, default=600,
                        help="start no run after so many minutes")
    parser.add_argument("--out", help="where the report goes (BUILD/bench)")
    chosen = parser.parse_args()
    if not chosen.results:
        name = "quick.jsonl" if chosen.quick else "results.jsonl"
        chosen.results = f"{chosen.build}/bench/{name}"
    return parser, chosen


def chosen_rows(chosen):
    rows = all_rows()
    if chosen.rows:
        rows = [row for row in rows if re.search(chosen.rows, row.name)]
    elif chosen.quick:
        rows = [row for row in rows if row.quick]
    return rows


def run_measure(chosen, rows):
    names = chosen.peers.split(",") if chosen.peers else None
    bench = Bench(chosen.build, names, chosen.quick)
    runs = chosen.runs or (1 if chosen.quick else 3)
    store = Store(chosen.results)
    failed, left = measure(bench, rows, store, runs, chosen.minutes)
    say(f"bench: {failed} runs failed, {left} had no time; results in "
        f"{chosen.results}")
    return 1 if failed or not bench.servers else 0


def run_report(chosen, store):
    out = pathlib.Path(chosen.out or f"{chosen.build}/bench")
    out.mkdir(parents=True, exist_ok=True)
    text = "\n".join(tables(store)) + "\n"
    (out / "tables.md").write_text(text)
    print(text, end="")
    for name, drawing in plots(store).items():
        drawing.write(out / f"{name}.svg")
        say(f"bench: wrote {out / name}.svg")
    return 0 if store.runs else 1


def main():
    parser, chosen = options()
    rows = chosen_rows(chosen)
    unknown = set(chosen.peers.split(",") if chosen.peers else ()) - {
        *ALL, *VARIANTS}
    if unknown:
        parser.error(f"unknown servers {sorted(unknown)}: there are "
                     + ", ".join((*ALL, *VARIANTS)))
    if not rows:
        parser.error(f"no row has '{chosen.rows}': see bench/run list")
    if chosen.what == "list":
        for row in rows:
            print(f"{row.name}: {', '.join(row.servers)}")
        return 0
    if chosen.what == "measure":
        return run_measure(chosen, rows)
    store = Store(chosen.results)
    if chosen.what == "report":
        return run_report(chosen, store)
    missed = check(store)
    if missed < 0:
        print(f"no results in {chosen.results}", file=sys.stderr)
    return 1 if missed else 0

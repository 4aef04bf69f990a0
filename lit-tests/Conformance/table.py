"""Writes the table of docs/conformance.md: how many cases each clause has.

usage: table.py PAGE      puts it between the page's two marks
       table.py --check PAGE
"""
import collections
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from cases import GROUPS, all_cases

BEGIN, END = "<!-- cases: made by `make conformance` -->\n", "<!-- end of the cases -->\n"

#: Clauses that are gone into.
TITLES = {
    "RFC 6455 4.2.1": "reading the client's handshake",
    "RFC 6455 4.2.2": "the server's answer",
    "RFC 6455 4.4": "several versions",
    "RFC 6455 5.1": "masking is the client's duty",
    "RFC 6455 5.2": "base framing: bits, opcodes, lengths",
    "RFC 6455 5.3": "the masking key",
    "RFC 6455 5.4": "fragmentation",
    "RFC 6455 5.5": "control frames",
    "RFC 6455 5.5.1": "close",
    "RFC 6455 5.5.2": "ping",
    "RFC 6455 5.5.3": "pong",
    "RFC 6455 5.6": "data frames",
    "RFC 6455 5.7": "the examples",
    "RFC 6455 6.2": "receiving data",
    "RFC 6455 7.1.1": "who ends the TCP connection",
    "RFC 6455 7.1.3": "the closing handshake is started",
    "RFC 6455 7.1.4": "the connection is closed",
    "RFC 6455 7.1.6": "the close reason",
    "RFC 6455 7.1.7": "failing the connection",
    "RFC 6455 7.2.1": "client-initiated closure",
    "RFC 6455 7.4": "status codes",
    "RFC 6455 7.4.1": "defined status codes",
    "RFC 6455 7.4.2": "reserved ranges of status codes",
    "RFC 6455 8.1": "data that is not UTF-8",
    "RFC 6455 9.1": "negotiating extensions",
    "RFC 6455 10.4": "limits of an implementation",
    "RFC 7692 5.1": "negotiation of a compression",
    "RFC 7692 6": "RSV1 on the first frame",
    "RFC 7692 6.1": "sending compressed messages",
    "RFC 7692 6.2": "receiving compressed messages",
    "RFC 7692 7.1": "parameters in general",
    "RFC 7692 7.1.1.1": "server_no_context_takeover",
    "RFC 7692 7.1.1.2": "client_no_context_takeover",
    "RFC 7692 7.1.2.1": "server_max_window_bits",
    "RFC 7692 7.1.2.2": "client_max_window_bits",
    "RFC 7692 7.2.1": "compression",
    "RFC 7692 7.2.2": "decompression",
    "RFC 7692 7.2.3.1": "example: one compressed block",
    "RFC 7692 7.2.3.2": "example: sharing the window",
    "RFC 7692 7.2.3.3": "example: a block without compression",
    "RFC 7692 7.2.3.4": "example: BFINAL set",
    "RFC 7692 7.2.3.5": "example: two blocks",
    "RFC 7692 7.2.3.6": "an empty fragment",
    "RFC 9110 9.1": "Methods",
    "RFC 9110 9.3.2": "HEAD",
    "RFC 9110 9.3.7": "OPTIONS",
    "RFC 9112 6.1": "Transfer-Encoding",
    "RFC 9112 2.3": "versions of HTTP",
    "RFC 9112 3": "the request line",
    "RFC 9112 3.1": "the method",
    "RFC 9112 3.2": "the target and Host",
    "RFC 9112 3.2.2": "absolute form",
    "RFC 9112 5": "fields",
    "RFC 9112 5.1": "parsing fields",
    "RFC 9112 5.2": "folded lines",
    "RFC 9112 6.3": "the body's length",
}


def table():
    clauses = collections.defaultdict(collections.Counter)
    for case in all_cases():
        clauses[case.clause][case.id.split(".")[0]] += 1

    def order(clause):
        _, rfc, section = clause.split()
        return int(rfc), [int(n) for n in section.split(".")]

    lines = ["| clause | about | cases | in |", "|---|---|---|---|"]
    for clause in sorted(clauses, key=order):
        groups = ", ".join(f"`{group}`" for group in clauses[clause])
        lines.append(f"| {clause} | {TITLES[clause]} | {clauses[clause].total()} | {groups} |")
    total = sum(counts.total() for counts in clauses.values())
    lines.append(f"| {len(clauses)} clauses | | {total} | {len(GROUPS)} groups |")
    return "\n".join(lines) + "\n"


def main():
    check = sys.argv[1] == "--check"
    page = pathlib.Path(sys.argv[-1])
    text = page.read_text()
    before, rest = text.split(BEGIN)
    _, after = rest.split(END)
    wanted = before + BEGIN + "\n" + table() + "\n" + END + after
    if check and wanted != text:
        sys.exit(f"{page} is not what the cases say; run 'make conformance'")
    if not check:
        page.write_text(wanted)


if __name__ == "__main__":
    main()

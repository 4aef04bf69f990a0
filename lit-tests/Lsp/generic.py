"""Generic rows in an editor: hover has the scheme.

usage: generic.py SERVER FAMILY.td SCRATCH
"""
import pathlib
import sys

from client import Client, Document

server, family, scratch = map(pathlib.Path, sys.argv[1:])

PROGRAM = '''\
func.func @f(%list: !intr.object<"List", i64>, %value: f64) {
  %a = intr.call "seq.length"(%list) : (!intr.object<"List", i64>) -> i64
  %b = intr.call "seq.append"(%list, %value) : (!intr.object<"List", i64>, f64) -> !intr.object<"List", i64>
  return
}
'''

client = Client([str(server), f"--load-family={family}"])
client.start()
document = Document(client, scratch / "generic.mlir", PROGRAM)
found = [finding["message"] for finding in document.findings]
assert len(found) == 1 and found[0].endswith(
    "type variable 'A' of 'seq.append' is 'i64' in parameter 'list', but 'f64' in "
    "parameter 'value'"), found


def hover(place):
    return document.ask("hover", place)["contents"]["value"]


text = hover('intr.call "seq.app^end"')
for part in ("`Seq.append : (List<A>, A) -> List<A>`", "consumed"):
    assert part in text, f"{part!r} is not in {text!r}"
client.leave()

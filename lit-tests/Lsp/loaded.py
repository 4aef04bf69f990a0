"""A family that is only a file of records, in an editor.

usage: loaded.py SERVER FAMILY.td SCRATCH
"""
import os
import pathlib
import shutil
import sys

from client import Client, Document

server, family, scratch = map(pathlib.Path, sys.argv[1:])

PROGRAM = '''\
func.func private @"Clock.find"(i64) -> !clock.zone
func.func @ring(%hour: i64, %with: !intr.slot) {
  return
}
func.func @f(%east: i64, %with: !intr.slot) -> i1 {
  %zone = call @"Clock.find"(%east) : (i64) -> !clock.zone
  %parts = intr.enum "clock.parts" "hours|minutes" : i32
  %day = intr.zero : !intr.struct<"clock.date">
  %known, %seconds = intr.call "clock.today"(%zone, %parts, %with) {on_tick = @ring} : (!clock.zone, i32, !intr.slot) -> (i1, i64)
  return %known : i1
}
'''


def contains(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in {text!r}"


client = Client([str(server), f"--load-family={family}"])
client.start()
document = Document(client, scratch / "program.mlir", PROGRAM)
assert not document.findings, document.findings


def hover(place):
    return document.ask("hover", place)["contents"]["value"]


contains(hover('%zone = call @"Clock.fi^nd"'), "clock.find(east: i64) -> !clock.zone",
         "The zone so many hours east", "`plumb_clock_find`")
contains(hover('intr.call "clock.to^day"'), "on_tick: (i64, !intr.slot) -> ()",
         "-> (i1, i64)", "- `parts`: `i32`, `clock.parts` - what to fill in", "kept",
         "- returns `seconds`: `i64` - since midnight")
contains(hover("on_ti^ck = @ring"), "(i64, !intr.slot) -> ()", "The clock ticks")
contains(hover('"clock.par^ts"'), "`hours` = 1 - the first", "write `a|b`")
contains(hover('!intr.struct<"clock.da^te">'), "- `year`: `i32` - from the year 0",
         "8 bytes")
contains(hover('-> !clock.zo^ne\nfunc.func @ring'), "handle", "plumb_clock_zone")
found = document.ask("definition", '%zone = call @"Clock.fi^nd"')
assert found["uri"] == family.absolute().as_uri(), found
line = family.read_text().splitlines()[found["range"]["start"]["line"]]
contains(line, "def Clock_Find")


def completed(line):
    document = Document(client, scratch / "half.mlir", "func.func @f() {\n  " + line)
    items = client.result("textDocument/completion", textDocument={
        "uri": document.uri}, position=document.position(len(document.text)))
    return [(item["label"], document.slice(item["textEdit"]["range"]))
            for item in items["items"]]


for line, wanted in (
        ('%z = func.call @"Clock.f', [("Clock.find", "Clock.f")]),
        ('%z = intr.call "clock.t', [("clock.today", "clock.t")]),
        ('%p = intr.enum "clo', [("clock.parts", "clo")]),
        ('%p = intr.enum "clock.parts" "', [("hours", ""), ("minutes", "")]),
        ('%p = intr.enum "clock.parts" "hours|m', [("minutes", "m")]),
        ('%d = intr.make "', [("clock.date", "")]),
        ('%d = intr.null : !clock.', [("!clock.zone", "!clock.")])):
    assert completed(line) == wanted, (line, completed(line))
client.leave()

# An installed server has records beside it.
prefix = scratch / "prefix"
(prefix / "bin").mkdir(parents=True)
installed = shutil.copy2(server, prefix / "bin")
record = prefix / "include/plumb/Ws/WsIntrinsics.td"
record.parent.mkdir(parents=True)
record.write_text("// records\n")
os.environ["LD_LIBRARY_PATH"] = str(server.parent.parent / "lib")
client = Client([installed])
client.start()
document = Document(client, "/no/such/folder/a.mlir",
                    "func.func @f(%c: !ws.conn) {\n  %s = ws.leave %c\n}\n")
found = document.ask("definition", "ws.lea^ve")
assert found["uri"] == record.absolute().as_uri(), found
client.leave()

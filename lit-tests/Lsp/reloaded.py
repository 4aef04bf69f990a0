"""A family whose file of records is edited while an editor is at work.

usage: reloaded.py SERVER FAMILY.td SCRATCH
"""
import pathlib
import sys

from client import Client, Document

server, original, scratch = map(pathlib.Path, sys.argv[1:])

PROGRAM = '''\
func.func private @"Clock.find"(i64) -> !clock.zone
func.func @f(%east: i64) {
  %zone = call @"Clock.find"(%east) : (i64) -> !clock.zone
  return
}
'''

family = scratch / "edited.td"
records = original.read_text()
family.write_text(records)
client = Client([str(server), f"--load-family={family}"])
client.start()
document = Document(client, scratch / "program.mlir", PROGRAM)
assert not document.findings, document.findings


def hover():
    return document.ask("hover", '%zone = call @"Clock.fi^nd"')["contents"]["value"]


def edit(text):
    """What the server says of the file after it was written anew."""
    family.write_text(text)
    client.notes.clear()
    client.notify("workspace/didChangeWatchedFiles", changes=[
        {"uri": family.as_uri(), "type": 2}])
    client.ask("textDocument/hover", textDocument={"uri": document.uri},
               position={"line": 0, "character": 0})
    return client.notes


assert "The zone so many hours east" in hover()

# The record says something else: so does the server, and it looks at what is open.
notes = edit(records.replace("The zone so many hours east", "The zone in the east")
             .replace("Clock_Intrinsic<\"find\">", "Clock_Intrinsic<\"seek\">"))
published = [note["params"] for note in notes
             if note["method"] == "textDocument/publishDiagnostics"]
assert len(published) == 1, notes
assert published[0]["uri"] == document.uri
messages = [found["message"] for found in published[0]["diagnostics"]]
assert len(messages) == 1 and "unknown intrinsic 'Clock.find'" in messages[0], messages

# It is broken: the editor is told, once, and what was there stays.
notes = edit(records + "def Clock_Broken : Clock_Intrinsic<\"while\">;")
shown = [note["params"] for note in notes if note["method"] == "window/showMessage"]
assert len(shown) == 1 and shown[0]["type"] == 1, notes
assert "Clock_Broken" in shown[0]["message"] or "'while'" in shown[0]["message"], shown
assert not hover().startswith("The zone so many")
client.notes.clear()
client.ask("textDocument/hover", textDocument={"uri": document.uri},
           position={"line": 0, "character": 0})
assert not client.notes, client.notes

# It is as it was.
notes = edit(records)
published = [note["params"] for note in notes
             if note["method"] == "textDocument/publishDiagnostics"]
assert published and not published[0]["diagnostics"], notes
assert "The zone so many hours east" in hover()
client.leave()

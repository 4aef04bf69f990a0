"""What an editor gets from the language server.

usage: features.py SERVER SCRATCH
"""
import json
import pathlib
import sys
from urllib.parse import unquote

from client import Client, Document

server, scratch = sys.argv[1], pathlib.Path(sys.argv[2])

PROGRAM = '''\
func.func private @"Str.concat"(!intr.str, !intr.str) -> !intr.str
func.func @say(%conn: !ws.conn, %text: !intr.str) {
  %lobby = intr.constant "l𝄞bby" %sent = ws.broadcast %lobby, %text
  %number = intr.value %sent
  cf.br ^last(%number : i64)
^last(%count: i64):
  return
}
func.func @enter(%conn: !ws.conn) -> i1 {
  %yes = arith.constant true
  return %yes : i1
}
func.func @leave(%conn: !ws.conn, %code: i64, %reason: !intr.str) {
  %loud = call @"Str.concat"(%reason, %reason) : (!intr.str, !intr.str) -> !intr.str
  %n = intr.call "str.length"(%loud) : (!intr.str) -> i64
  return
}
func.func @main() -> !intr.status {
  %port = arith.constant 8080 : i64
  %status = ws.serve %port {on_connect = @enter, on_message = @say, on_close = @leave}
  return %status : !intr.status
}
'''


def expect(actual, wanted, what):
    assert actual == wanted, f"{what}: {actual!r}, not {wanted!r}"


def contains(text, *parts):
    for part in parts:
        assert part in text, f"{part!r} is not in {text!r}"


def labels(items):
    return [item["label"] for item in items["items"]]


def hover(client):
    document = Document(client, scratch / "program.mlir", PROGRAM)
    expect(document.findings, [], "diagnostics of a program without faults")
    answer = document.ask("hover", "%sent = ws.broad^cast")
    contains(answer["contents"]["value"],
             "ws.broadcast(room: !intr.str, message: !intr.str) -> !intr.count",
             "Send a text message to every member", "- `room`:", "`ws.queues`",
             "`Ws.broadcast`", "`plumb_ws_broadcast`", "`plumb/ws.h`", "since 0.1")
    # Behind a character of two UTF-16 units and four bytes.
    expect(document.slice(answer["range"]), "ws.broadcast", "range of a hover")

    def text(place):
        return document.ask("hover", place)["contents"]["value"]
    contains(text('%loud = call @"Str.con^cat"'), "str.concat(", "`Str.concat`")
    contains(text('func.func private @"Str.con^cat"'), "`plumb_str_concat`")
    contains(text('intr.call "str.len^gth"'), "-> i64", "Effects: none")
    contains(text("on_cl^ose = @leave"), "(!ws.conn, i64, !intr.str) -> ()",
             "`plumb_ws_on_close`")
    contains(text("%code: i64, %reason: !intr.s^tr"), "`intr`", "plumb_str")
    contains(text("intr.value %se^nt"), "!intr.count", "Result of `ws.broadcast`")
    contains(text("on_message = @s^ay"), "func.func @say : (!ws.conn, !intr.str)")
    expect(document.ask("hover", "return %yes :^ i1"), None, "hover on nothing")
    return document


def navigation(document):
    def there(method, place, **params):
        found = document.ask(method, place, **params)
        found = found if isinstance(found, list) else [found]
        for place in found:
            expect(place["uri"], document.uri, method)
        return [(place["range"]["start"]["line"], document.slice(place["range"]))
                for place in found]
    expect(there("definition", "intr.value %se^nt"), [(2, "%sent")], "a value")
    expect(there("definition", "on_message = @s^ay"), [(1, "@say")], "a function")
    expect(there("definition", "cf.br ^^last(%number"), [(5, "^last")], "a block")
    expect(there("definition", "on_close = @leave^"), [(12, "@leave")], "its end")
    expect(there("declaration", 'call @"Str.conc^at"'), [(0, '@"Str.concat"')],
           "a declaration")
    uses = [(2, "%text"), (1, "%text")]
    expect(sorted(there("references", "ws.broadcast %lobby, %te^xt",
                        context={"includeDeclaration": True})),
           sorted(uses), "references")
    expect(there("references", "ws.broadcast %lobby, %te^xt",
                 context={"includeDeclaration": False}), uses[:1], "references")


def record(document):
    """An intrinsic's definition is its record, in the project that is nearest."""
    for place in ("ws.broad^cast", '%loud = call @"Str.con^cat"',
                  'intr.call "str.len^gth"'):
        found = document.ask("definition", place)
        path = pathlib.Path(unquote(found["uri"].removeprefix("file://")))
        line = path.read_text().splitlines()[found["range"]["start"]["line"]]
        name = place.replace("^", "").split(".")[-1].strip('"')
        contains(line, "def ", f'<"{name}"')

    root = scratch / "elsewhere"
    (root / "dialects/Ws").mkdir(parents=True, exist_ok=True)
    (root / "dialects/Ws/WsIntrinsics.td").write_text("// moved\n")
    client = Client([server, f"--source-root={root}"])
    client.start()
    found = Document(client, scratch / "p.mlir", PROGRAM).ask(
        "definition", "ws.broad^cast")
    expect(found["uri"], (root / "dialects/Ws/WsIntrinsics.td").as_uri(),
           "a record in --source-root")
    client.leave()


def completion(client):
    def ask(text):
        """At the `|`, which is where the file was left."""
        document = Document(client, scratch / "half.mlir", text.replace("|", "", 1))
        before = text.index("|")
        return client.result(
            "textDocument/completion", textDocument={"uri": document.uri},
            position=document.position(before)), document
    head = "func.func @f(%conn: !ws.conn, %room: !intr.str) {\n  "
    items, document = ask(head + '%s = call @"Ws.broad|"(')
    expect(labels(items), ["Ws.broadcast", "Ws.broadcast_binary",
                           "Ws.broadcast_except"], "source names")
    first = items["items"][0]
    contains(first["detail"], "(!intr.str, !intr.str) -> !intr.count")
    contains(first["documentation"]["value"], "`plumb_ws_broadcast`")
    expect(document.slice(first["textEdit"]["range"]), "Ws.broad", "what it replaces")
    expect(first["additionalTextEdits"],
           [{"range": {"start": {"line": 0, "character": 0},
                       "end": {"line": 0, "character": 0}},
             "newText": 'func.func private @"Ws.broadcast"(!intr.str, !intr.str)'
                        ' -> !intr.count\n'}], "the declaration")
    declared = first["additionalTextEdits"][0]["newText"] + head
    items, _ = ask(declared + '%s = call @"Ws.broadcast|"(')
    assert not items["items"][0].get("additionalTextEdits"), "declared twice"
    expect(labels(ask(head + "%s = call @Ws.joi|")[0]), ["Ws.join"], "no quotes")
    expect(labels(ask(head + "%s = ws.joi|n %conn, %room")[0]), ["ws.join"],
           "operations of families")
    expect(labels(ask(head + "%s = intr.conven|")[0]), [], "no such operation")
    expect(labels(ask(head + "%s = arith.add|")[0]),
           ["arith.addui_extended", "arith.addi", "arith.addf"],
           "upstream's operations")
    expect(labels(ask(head + '%s = intr.call "ws.joi|')[0]), ["ws.join"],
           "the carrier's names")
    expect(sorted(labels(ask(head + "%s = ws.join %|")[0])), ["%conn", "%room"],
           "values")
    expect(labels(ask(head + "%n = intr.null : !ws.|")[0]), ["!ws.conn"], "types")
    expect(labels(ask(head + "ws.serve %port {on_c|")[0]),
           ["on_connect", "on_close"], "callbacks")
    expect(labels(ask(head + "ws.serve %port {opt|")[0]), ["options"],
           "the options' attribute")
    expect(labels(ask(head + "ws.serve %port {options = {shards = 2, max_mess|")[0]),
           ["max_message", "max_message_rate", "max_message_burst"], "options")
    expect(labels(ask(head + "ws.serve %port {options = {shards = 2}, on_co|")[0]),
           ["on_connect"], "callbacks behind options")
    expect(labels(ask("// about ws.joi|")[0]), [], "comments")
    everything, _ = ask(head + "|")
    assert not everything["isIncomplete"]


def diagnostics(client):
    document = Document(client, scratch / "faults.mlir", PROGRAM.replace(
        "intr.value %sent", "intr.value %lobby"))
    expect([document.slice(f["range"]) for f in document.findings], ["%lobby"],
           "a wrong type")
    expect(document.replace("intr.value %lobby", "intr.value %sent"), [],
           "diagnostics once it is mended")
    found = document.replace('"Str.concat"(!', '"Str.conca"(!')
    found = document.replace('@"Str.concat"(%', '@"Str.conca"(%')
    expect(len(found), 1, "diagnostics of a misspelt name")
    contains(found[0]["message"], "'Str.conca'", "did you mean 'Str.concat'")
    expect(document.slice(found[0]["range"]), "call", "its place")
    document.change([{"text": PROGRAM}])
    document.text = PROGRAM
    expect(document.findings, [], "diagnostics of the whole text")

    # A note has its own place for clients that say that they want it.
    found = document.replace("%conn: !ws.conn) -> i1", "%conn: i64) -> i1")
    expect(document.slice(found[0]["range"]), "ws.serve", "the place of the error")
    note = found[0]["relatedInformation"][0]
    expect(document.slice(note["location"]["range"]), "func.func", "of the note")
    expect(note["location"]["range"]["start"]["line"], 8, "line of the note")
    plain = Client([server])
    plain.start()
    found = Document(plain, scratch / "faults.mlir", document.text).findings
    contains(found[0]["message"], "\nnote: ")
    plain.leave()

    # Lines may end in other ways; columns still are UTF-16 units.
    crlf = Document(client, scratch / "crlf.mlir",
                    '%a = intr.constant "𝄞é"\r\n%b = intr.constant "𝄞é" '
                    'loc("f":1:1) oops\r\n')
    expect(crlf.slice(crlf.findings[0]["range"]), "oops", "CRLF")
    parts = Document(client, scratch / "parts.mlir",
                     "func.func private @f()\n// -----\nfunc.func private @f()\n"
                     "// -----\nfunc.func @g() { oops }\n")
    expect([parts.slice(f["range"]) for f in parts.findings], ["oops"], "parts")
    client.notify("textDocument/didClose", textDocument={"uri": parts.uri})
    expect(client.diagnostics(), [], "diagnostics of a closed document")


def symbols(client):
    text = "module @outer {\n  func.func @inner() -> i64 {\n    %0 = arith.constant" \
           " 1 : i64\n    return %0 : i64\n  }\n}\n"
    document = Document(client, scratch / "tree.mlir", text)
    outer, = client.result("textDocument/documentSymbol",
                           textDocument={"uri": document.uri})
    inner, = outer["children"]
    expect((outer["name"], inner["name"], inner["detail"], inner["kind"]),
           ("outer", "inner", "() -> i64", 12), "symbols")
    expect(document.slice(inner["selectionRange"]), "@inner", "selection")
    contains(document.slice(inner["range"]), "func.func @inner", "return %0 : i64")


def session():
    client = Client([server])
    expect(client.ask("textDocument/hover")["error"]["code"], -32602, "no params")
    where = {"textDocument": {"uri": "file:///x.mlir"},
             "position": {"line": 0, "character": 0}}
    expect(client.ask("textDocument/hover", **where)["error"]["code"], -32002,
           "before initialize")
    expect(client.start()["capabilities"]["positionEncoding"], "utf-16", "encoding")
    expect(client.ask("initialize")["error"]["code"], -32600, "initialized twice")
    contains(client.ask("textDocument/hover", **where)["error"]["message"],
             "not open")
    expect(client.ask("no/such")["error"]["code"], -32601, "an unknown request")
    client.result("shutdown")
    expect(client.ask("textDocument/hover", **where)["error"]["code"], -32600,
           "after shutdown")
    client.notify("exit")
    expect(client.finish(), (0, ""), "the end after shutdown")
    for leave in (lambda c: None, lambda c: c.notify("exit")):
        client = Client([server])
        client.start()
        leave(client)
        expect(client.finish()[0], 1, "the end without shutdown")


client = Client([server])
client.start(rootUri=scratch.as_uri(), capabilities={"textDocument": {
    "publishDiagnostics": {"relatedInformation": True},
    "documentSymbol": {"hierarchicalDocumentSymbolSupport": True}}})
document = hover(client)
navigation(document)
record(document)
completion(client)
diagnostics(client)
symbols(client)
client.leave()
session()

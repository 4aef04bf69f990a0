"""Whatever it is sent, the server answers the next request, or ends with a status.

usage: garbage.py SERVER PROGRAM
Inputs are made from fixed seeds, so that a failure comes again.
"""
import json
import pathlib
import random
import sys

from client import Client, Document

server, program = sys.argv[1], pathlib.Path(sys.argv[2])
text = program.read_text()
PATH = "/tmp/none/garbage.mlir"
URI = "file://" + PATH


def frame(body):
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def started():
    client = Client([server])
    client.start()
    return client


def is_alive(client, what):
    answer = client.ask("textDocument/hover", textDocument={"uri": "file:///none"},
                        position={"line": 0, "character": 0})
    assert "not open" in answer["error"]["message"], (what, answer)


def ends_well(client, *wanted):
    """Leaves; stderr has what is wanted and tells of no crash."""
    client.result("shutdown")
    client.notify("exit")
    status, errors = client.finish()
    assert status == 0, (status, errors)
    assert "Stack dump" not in errors, errors
    for part in wanted:
        assert part in errors, (part, errors)


def messages():
    """Bodies of one message each that are not what the protocol says."""
    client = started()
    document = Document(client, PATH, "func.func private @f()\n")
    deep = b"[" * 1_000_000
    for body in (
            b"{", b"null", b"[]", b"{}", b"\xff\xfe", b'{"jsonrpc":"2.0"}', deep,
            b'{"jsonrpc":"2.0","id":1,"method":' + b'{"a":' * 100_000,
            b'{"jsonrpc":"2.0","id":{},"method":"shutdown"}',
            b'{"jsonrpc":"1.0","id":7,"method":"shutdown"}',
            b'{"jsonrpc":"2.0","id":99,"result":null}',
            b'{"jsonrpc":"2.0","id":99,"error":{"code":"x"}}',
            b'{"jsonrpc":"2.0","method":"textDocument/didOpen"}',
            b'{"jsonrpc":"2.0","method":"textDocument/didOpen","params":'
            b'{"textDocument":{"uri":"nonsense:%%%","languageId":"","version":1,'
            b'"text":""}}}',
            b'{"jsonrpc":"2.0","method":"\\ud800","params":"\\u0000"}'):
        client.write(frame(body))
        is_alive(client, body[:80])
    for header in (b"\r\n", b"Content-Length: -5\r\n\r\n", b"\r\nx: y\r\n\r\n",
                   b"Content-Length: 99999999999999999999\r\n\r\n",
                   b"a" * 100_000 + b"\r\n\r\n"):
        client.write(header)
        is_alive(client, header[:80])
    for line, character in ((-1, -1), (2**31 - 1, 2**31 - 1), (0, 2**31 - 1)):
        position = {"line": line, "character": character}
        for method in ("hover", "definition", "references", "completion"):
            client.ask("textDocument/" + method, textDocument={"uri": URI},
                       position=position, context={"includeDeclaration": True})
        document.change([{"text": "x", "range": {
            "start": position, "end": {"line": 0, "character": 0}}}])
    ends_well(client, "nested deeper than 100", "Content-Length")


def mutated(rng, data):
    """A few bytes replaced, removed, doubled; or the rest cut off."""
    data = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        if not data:
            break
        at, length = rng.randrange(len(data)), rng.randint(1, 12)
        choice = rng.randrange(5)
        if choice == 0:
            data[at] = rng.randrange(256)
        elif choice == 1:
            del data[at:at + length]
        elif choice == 2:
            data[at:at] = data[at:at + length]
        elif choice == 3:
            data[at:at] = rng.choice([b"<", b"(", b'"', b"@", b"%", b"{", b"//", b"\0",
                                      b"-9223372036854775809", b"!ws.", b"#", b"\\"])
        elif rng.random() < 0.2:
            del data[at:]
    return bytes(data)


def sessions():
    """The bytes of a session, mutated, each to a server of its own."""
    where = {"textDocument": {"uri": URI}, "position": {"line": 1, "character": 9}}
    whole = b"".join(frame(json.dumps({"jsonrpc": "2.0", **m}).encode()) for m in (
        {"id": 1, "method": "initialize", "params": {"capabilities": {}}},
        {"method": "textDocument/didOpen", "params": {"textDocument": {
            "uri": URI, "languageId": "mlir", "version": 1,
            "text": "func.func @f() {\n  %a = str.concat\n}\n"}}},
        {"id": 2, "method": "textDocument/hover", "params": where},
        {"id": 3, "method": "textDocument/completion", "params": where},
        {"id": 4, "method": "textDocument/documentSymbol", "params": where},
        {"id": 5, "method": "shutdown"}, {"method": "exit"}))
    for seed in range(40):
        client = Client([server])
        try:
            client.write(mutated(random.Random(seed), whole))
        except BrokenPipeError:
            pass  # `exit` came early
        status, errors = client.finish()
        assert status in (0, 1), (seed, status, errors)
        assert "Stack dump" not in errors, (seed, errors)


def documents():
    """Programs as they are while they are typed, and worse."""
    client = started()
    document = Document(client, PATH, text)
    assert not document.findings
    lines = text.splitlines(keepends=True)
    rng = random.Random(1)
    inputs = ["tuple<" * 100_000, "#m = affine_map<() -> (" + "- " * 500_000,
              "func.func @f() { " * 5_000, "(" * 1_000_000, '"' * 999, "\0\0",
              "// -----\n" * 200, "\ufeff" + text, "%0:4294967296 = \"x\"() : () -> ()",
              "!a = !a\n", "func.func @f(%a: !a) loc(#x", "%a = intr.constant \"\\",
              "module { intr.call \"ws.join\"() : () -> () }"]
    for _ in range(40):
        start = rng.randrange(len(lines) - 40)
        part = "".join(lines[start:start + 40])
        inputs.append(part[:rng.randrange(len(part))])
    for _ in range(120):
        start = rng.randrange(len(lines) - 60)
        part = "".join(lines[start:start + 60]).encode()
        inputs.append(mutated(rng, part).decode(errors="replace"))
    for number, content in enumerate(inputs):
        for finding in document.change([{"text": content}]):
            assert "crashed" not in finding["message"], (number, content[:2000])
        document.text = content
        at = rng.randrange(len(content) + 1)
        for method in ("completion", "hover", "definition"):
            client.result("textDocument/" + method, textDocument={"uri": URI},
                          position=document.position(at))
    assert not document.change([{"text": text}]), "the program is as it was"
    ends_well(client)


messages()
sessions()
documents()

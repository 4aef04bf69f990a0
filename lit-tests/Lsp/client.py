"""A client of the language server, from Python's standard library alone."""
import json
import pathlib
import subprocess
import threading

WITHIN = 60  # seconds for an answer


class Client:
    """Starts the server and talks to it; messages in `notes` are what it wrote
    unasked."""

    def __init__(self, command):
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.watchdog = threading.Timer(WITHIN, self.process.kill)
        self.watchdog.start()
        self.errors = []
        self.reader = threading.Thread(
            target=lambda: self.errors.append(self.process.stderr.read()))
        self.reader.start()
        self.number = 0
        self.notes = []

    def write(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def notify(self, method, **params):
        self.send({"method": method, "params": params})

    def read(self):
        """The next message; None at the end of the output."""
        length = None
        while True:
            line = self.process.stdout.readline()
            if not line:
                return None
            if line == b"\r\n":
                break
            name, value = line.split(b":")
            if name == b"Content-Length":
                length = int(value)
        return json.loads(self.process.stdout.read(length))

    def ask(self, method, **params):
        """The whole answer to a request: it has "result" or "error"."""
        self.number += 1
        self.send({"id": self.number, "method": method, "params": params})
        while True:
            message = self.read()
            assert message is not None, "the server ended: " + self.finish()[1]
            if message.get("id") == self.number:
                return message
            self.notes.append(message)

    def result(self, method, **params):
        answer = self.ask(method, **params)
        assert "result" in answer, answer
        return answer["result"]

    def start(self, **params):
        return self.result("initialize", **{
            "processId": None, "rootUri": None, "capabilities": {}, **params})

    def diagnostics(self):
        """Those of the next notification."""
        while True:
            message = self.notes.pop(0) if self.notes else self.read()
            assert message is not None, "the server ended: " + self.finish()[1]
            if message.get("method") == "textDocument/publishDiagnostics":
                return message["params"]["diagnostics"]

    def finish(self):
        """Ends the input; the exit status and what was on stderr."""
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.stdout.read()
        status = self.process.wait()
        self.watchdog.cancel()
        self.reader.join()
        return status, self.errors[0].decode(errors="replace")

    def leave(self):
        self.result("shutdown")
        self.notify("exit")
        status, errors = self.finish()
        assert (status, errors) == (0, ""), (status, errors)


class Document:
    """An open document. Places are given as text with a `^` at the cursor, of
    which the text without it must occur once."""

    def __init__(self, client, path, text):
        self.client, self.text, self.version = client, text, 1
        self.uri = pathlib.Path(path).absolute().as_uri()
        client.notify("textDocument/didOpen", textDocument={
            "uri": self.uri, "languageId": "mlir", "version": 1, "text": text})
        self.findings = client.diagnostics()

    def position(self, offset):
        before = self.text[:offset]
        line = before.rpartition("\n")[2]
        return {"line": before.count("\n"),
                "character": len(line.encode("utf-16-le")) // 2}

    def offset(self, place):
        before, _, after = place.partition("^")
        assert self.text.count(before + after) == 1, place
        return self.text.index(before + after) + len(before)

    def ask(self, method, place, **params):
        return self.client.result(
            "textDocument/" + method, textDocument={"uri": self.uri},
            position=self.position(self.offset(place)), **params)

    def slice(self, range):
        """The text of a range, which may not end within a character."""
        lines = self.text.splitlines(keepends=True) + [""]

        def offset(position):
            line = lines[position["line"]].encode("utf-16-le")
            return (sum(map(len, lines[:position["line"]])) + len(
                line[:2 * position["character"]].decode("utf-16-le")))
        return self.text[offset(range["start"]):offset(range["end"])]

    def replace(self, old, new):
        """One edit, as an editor sends it; returns the diagnostics then."""
        start = self.text.index(old)
        range = {"start": self.position(start),
                 "end": self.position(start + len(old))}
        self.text = self.text[:start] + new + self.text[start + len(old):]
        return self.change([{"range": range, "text": new}])

    def change(self, changes):
        self.version += 1
        self.client.notify("textDocument/didChange", textDocument={
            "uri": self.uri, "version": self.version}, contentChanges=changes)
        self.findings = self.client.diagnostics()
        return self.findings

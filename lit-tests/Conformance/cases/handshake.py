"""The opening handshake: RFC 6455 sections 4.2 and 4.4; requests: RFC 9112."""
import base64
import hashlib
import re

import wire
from case import END, ONLY_END, Group, closed, pong, response, text

group = Group("handshake")
KEY = "dGhlIHNhbXBsZSBub25jZQ=="
FIELDS = {"Host": "localhost", "Upgrade": "websocket", "Connection": "Upgrade",
          "Sec-WebSocket-Key": KEY, "Sec-WebSocket-Version": "13"}


def request(line="GET /chat HTTP/1.1", extra=(), end="\r\n", **changes):
    """A good request but for `changes`: a field's value by its name, with _ for -,
    or None; `extra` are further lines."""
    fields = dict(FIELDS)
    for name, value in changes.items():
        name = next(n for n in fields if n.lower() == name.replace("_", "-"))
        fields[name] = value
    lines = [line, *(f"{n}: {v}" for n, v in fields.items() if v is not None), *extra, "", ""]
    return end.join(lines).encode("latin-1")


def switched(**more):
    return response(101, upgrade="(?i)websocket", connection="(?i)upgrade",
                    sec_websocket_accept=r"s3pPLMBiTxaQ9kYGzzhZRbK\+xOo=",
                    sec_websocket_extensions=None, sec_websocket_protocol=None,
                    content_length=None, transfer_encoding=None, **more)


def accepted(name, clause, about, *script, **more):
    group.add(f"accept.{name}", clause, about, *script, switched(),
              wire.text("through"), text("through"), upgrade=False, **more)


def refused(name, clause, about, status, *script, ends=END, fields=None, **more):
    group.add(f"refuse.{name}", clause, about, *script,
              response(status, upgrade=None, sec_websocket_accept=None) if fields is None
              else response(status, sec_websocket_accept=None, **fields), ends,
              upgrade=False, **more)


accepted("sample", "4.2.2", "the key of section 1.3 and its answer", request())
for name, changes in (
        ("upgrade-case", {"upgrade": "WebSocket"}), ("upgrade-upper", {"upgrade": "WEBSOCKET"}),
        ("upgrade-list", {"upgrade": "h2c, websocket"}),
        ("connection-list", {"connection": "keep-alive, Upgrade"}),
        ("connection-case", {"connection": "upgrade"}),
        ("connection-tight", {"connection": "keep-alive,UPGRADE"}),
        ("connection-empty-items", {"connection": ", ,Upgrade,"})):
    accepted(name, "4.2.1", f"the fields' values as {changes}", request(**changes))
for key in (b"\0" * 16, b"\xff" * 16, bytes(range(16)), b"0123456789abcdef"):
    sent = base64.b64encode(key).decode()
    answer = base64.b64encode(hashlib.sha1(
        sent.encode() + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest()).decode()
    group.add(f"accept.key-{key[:2].hex()}", "4.2.2", f"the key {sent}",
              request(sec_websocket_key=sent),
              response(101, sec_websocket_accept=re.escape(answer)), wire.ping("!"),
              pong("!"), upgrade=False)
accepted("field-names-case", "4.2.1", "names of fields in any case",
         request().replace(b"Sec-WebSocket-Key", b"SEC-WEBSOCKET-KEY")
         .replace(b"Host", b"hOST").replace(b"Upgrade: ", b"upgrade: "))
accepted("field-order", "4.2.1", "fields in another order",
         b"\r\n".join([(lines := request().split(b"\r\n"))[0], *reversed(lines[1:-2]),
                       b"", b""]))
accepted("no-space", "RFC 9112 5", "no blank behind a colon",
         request().replace(b": ", b":"))
accepted("more-space", "RFC 9112 5", "blanks around a value",
         request().replace(b": ", b": \t ").replace(b"\r\n", b"\t \r\n", 4)
         .replace(b"HTTP/1.1\t \r\n", b"HTTP/1.1\r\n"))
accepted("other-fields", "4.2.1", "fields that mean nothing here",
         request(extra=["User-Agent: x", "X-Empty:", "X-Bytes: \xe9\xff", "Cookie: a=b; c=d"]))
accepted("hundred-fields", "4.2.1", "a hundred fields",
         request(extra=[f"X-{n}: {n}" for n in range(100)]))
accepted("target-query", "4.2.1", "a target with a query",
         request("GET /a/b?c=d&e=%20 HTTP/1.1"))
accepted("target-absolute", "RFC 9112 3.2.2", "a target in absolute form",
         request("GET http://localhost/chat HTTP/1.1"))
accepted("target-root", "4.2.1", "the target /", request("GET / HTTP/1.1"))
accepted("target-long", "RFC 9112 3", "a target of 8,000 bytes (at least that much should do)",
         request(f"GET /{'x' * 7999} HTTP/1.1"))
accepted("protocol-unknown", "4.2.2", "a subprotocol that is not spoken is not answered",
         request(extra=["Sec-WebSocket-Protocol: chat, superchat"]))
for name, value in (("unknown", "x-unknown"), ("parameters", 'foo; a=1; b="c"; d'),
                    ("several", "foo, bar; x=10"), ("frame", "x-webkit-deflate-frame")):
    accepted(f"extension-{name}", "9.1", f"an extension that is not known: {value}",
             request(extra=[f"Sec-WebSocket-Extensions: {value}"]))
group.add("with-frames", "4.2.2", "frames in the same segment as the request",
          request() + wire.text("early") + wire.ping("too"), switched(), text("early"),
          pong("too"), upgrade=False)
group.add("with-close", "4.2.2", "a close frame in the same segment",
          request() + wire.close(1001), switched(), closed(1001), upgrade=False)
group.add("with-bad-frame", "4.2.2", "a bad frame in the same segment",
          request() + wire.frame(3), switched(), closed(1002), upgrade=False)

for method in ("POST", "PUT", "DELETE", "CONNECT"):
    refused(f"method-{method.lower()}", "4.2.1", f"a handshake by {method}", 405,
            request(f"{method} {'x:80' if method == 'CONNECT' else '/chat'} HTTP/1.1"),
            fields={"allow": "GET, HEAD, OPTIONS"})
refused("method-head", "RFC 9110 9.3.2", "HEAD is answered without a body and an upgrade",
        404, request("HEAD /chat HTTP/1.1", connection="Upgrade, close"))
for name, target in (("path", "/chat"), ("asterisk", "*")):
    refused(f"method-options-{name}", "RFC 9110 9.3.7", "OPTIONS says what there is", 200,
            request(f"OPTIONS {target} HTTP/1.1", connection="Upgrade, close"),
            fields={"allow": "GET, HEAD, OPTIONS"})
refused("method-lower", "RFC 9110 9.1", "methods have upper case letters", 501,
        request("get /chat HTTP/1.1"), fields={})
refused("method-unknown", "RFC 9110 9.1", "a method that HTTP does not have", 501,
        request("FOO /chat HTTP/1.1"))
for name, target in (("word", "foo"), ("asterisk", "*"), ("authority", "localhost:80"),
                     ("fragment", "/a#b"), ("no-host", "http:///x"),
                     ("query-alone", "?x=http://e/x.html"), ("escape", "/%zz")):
    refused(f"target-{name}", "RFC 9112 3.2", f"the request target {target!r}", 400,
            request(f"GET {target} HTTP/1.1"))
for name, host in (("blank", "a b"), ("path", "a/b"), ("user", "a@b"), ("bracket", "[::1"),
                   ("scheme", "http://x"), ("port", "x:y"), ("port-large", "x:65536")):
    refused(f"host-{name}", "RFC 9112 3.2", f"the Host field {host!r}", 400,
            request(host=host))
for name, coding in (("other", "xchunked"), ("not-last", "chunked, identity")):
    refused(f"coding-{name}", "RFC 9112 6.3", f"a body whose end nobody knows: {coding!r}",
            400, request(extra=[f"Transfer-Encoding: {coding}"]))
refused("coding-unknown", "RFC 9112 6.1", "an unknown transfer coding", 501,
        request(extra=["Transfer-Encoding: gzip, chunked"]))
refused("upgrade-other", "4.2.1", "an upgrade to something else is a plain request", 404,
        request(upgrade="h2c", connection="close"))
refused("upgrade-none", "4.2.1", "without Upgrade it is a plain request", 404,
        request(upgrade=None, connection="close"))
refused("connection-none", "4.2.1", "no Connection field", 400, request(connection=None))
refused("connection-other", "4.2.1", "Connection without Upgrade", 400,
        request(connection="keep-alive"))
refused("connection-part", "4.2.1", "Upgrade as a part of a word", 400,
        request(connection="Upgraded"))
for name, value in (("none", None), ("empty", ""), ("short", KEY[4:]),
                    ("long", "QUJD" + KEY), ("fifteen-bytes", "MDEyMzQ1Njc4OWFiY2Q="),
                    ("not-base64", "!!!!!!!!!!!!!!!!!!!!!!=="), ("words", "let me in, please"),
                    ("unpadded", KEY[:-2]), ("url-alphabet", "_-" * 11 + "==")):
    refused(f"key-{name}", "4.2.1", f"the key {value!r}", 400,
            request(sec_websocket_key=value))
refused("key-twice", "4.2.1", "two keys", 400, request(extra=[f"Sec-WebSocket-Key: {KEY}"]))
for value in ("0", "7", "8", "12", "14", "130", "013", "abc", "-13", "1"):
    refused(f"version-{value}", "4.4", f"version {value}: 426 and what is spoken", 426,
            request(sec_websocket_version=value),
            fields={"sec_websocket_version": "13", "upgrade": "(?i)websocket"})
refused("version-none", "4.2.1", "no version", 400, request(sec_websocket_version=None))
refused("version-twice", "4.2.1", "two versions", 400,
        request(extra=["Sec-WebSocket-Version: 13"]))
refused("body-length", "4.2.1", "a handshake with a body", 400,
        request(extra=["Content-Length: 5"]) + b"Hello")
refused("body-chunked", "4.2.1", "a handshake with a body in chunks", 400,
        request(extra=["Transfer-Encoding: chunked"]) + b"0\r\n\r\n")
refused("http-1.0", "4.2.1", "HTTP/1.0", 400, request("GET /chat HTTP/1.0"))
refused("http-2.0", "RFC 9112 2.3", "HTTP/2.0", 505, request("GET /chat HTTP/2.0"))
refused("http-0.9", "RFC 9112 2.3", "HTTP/0.9", 505, request("GET /chat HTTP/0.9"))
refused("http-lower", "RFC 9112 2.3", "the version's name has upper case letters", 400,
        request("GET /chat http/1.1"))
refused("host-none", "RFC 9112 3.2", "no Host field", 400, request(host=None))
refused("host-twice", "RFC 9112 3.2", "two Host fields", 400, request(extra=["Host: other"]))
refused("folded", "RFC 9112 5.2", "a field folded over two lines", 400,
        request(extra=["X-Folded: one", " two"]), ends=ONLY_END)
refused("space-before-colon", "RFC 9112 5.1", "a blank before the colon", 400,
        request().replace(b"Host:", b"Host :"))
refused("no-colon", "RFC 9112 5", "a line that is no field", 400, request(extra=["nonsense"]))
refused("empty-name", "RFC 9112 5", "a field without a name", 400, request(extra=[": x"]))
refused("nul-in-value", "RFC 9112 5", "a NUL in a value", 400, request(extra=["X: a\0b"]))
refused("control-in-name", "RFC 9112 5", "a control character in a name", 400,
        request(extra=["X\x01: a"]))
refused("target-none", "RFC 9112 3", "a request line without a target", 400,
        request("GET  HTTP/1.1"))
refused("target-space", "RFC 9112 3", "a target with a blank in it", 400,
        request("GET /a b HTTP/1.1"))
refused("line-short", "RFC 9112 3", "a request line of two words", 400, request("GET /chat"))
refused("line-control", "RFC 9112 3", "a control character in the request line", 400,
        b"GET /\x07 HTTP/1.1\r\n", ends=ONLY_END)
refused("tls-hello", "RFC 9112 3", "a TLS hello", 400,
        bytes.fromhex("16030100c8010000c40303") + b"x" * 40, ends=ONLY_END)
refused("garbage", "RFC 9112 3", "bytes that are not HTTP", 400, b"\0\xff\x80\x01" * 10,
        ends=ONLY_END)
refused("length-twice", "RFC 9112 6.3", "two lengths that differ", 400,
        request(extra=["Content-Length: 0", "Content-Length: 5"]))
refused("length-negative", "RFC 9112 6.3", "a negative length", 400,
        request(extra=["Content-Length: -1"]))
refused("header-large", "RFC 9112 5", "more header than a server takes", 431,
        request(extra=[f"X-{n}: {'x' * 200}" for n in range(300)]), ends=ONLY_END,
        cuts=("whole",))
refused("target-large", "RFC 9112 3", "a longer target than a server takes", 414,
        f"GET /{'x' * 70000} HTTP/1.1\r\n".encode(), ends=ONLY_END, cuts=("whole",))
group.add("slow.nothing", "10.4", "a client that says nothing is let go", ONLY_END,
          upgrade=False, server="hasty", cuts=("whole",))
refused("slow-half", "10.4", "a client that stops inside its request is told", 408,
        request()[:60], server="hasty", cuts=("whole",))

"""Runs the conformance cases against a live echo server.

usage: run.py [--tls] [--only REGEX] [--list] [--each] [--whole] COMMAND...
COMMAND takes a port, and with --tls a certificate and a key. --tls takes every
fourth case; --list prints the cases, --each also those that pass; --whole runs each
once, its bytes as they are.
"""
import argparse
import asyncio
import dataclasses
import os
import random
import re
import resource
import sys
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(HERE, "../EndToEnd/support")]
import wire
from case import END, FINISH, ONLY_END, RESET, Case, Response
from cases import all_cases
from server import Server

#: The servers that cases ask for by name, by their environment.
SERVERS = {
    "default": {},
    "small": {"PLUMB_WS_MAX_MESSAGE": "1000"},
    "tiny": {"PLUMB_WS_MAX_MESSAGE": "100"},
    "hasty": {"PLUMB_WS_HANDSHAKE_TIMEOUT_MS": "300"},
    "deflate": {"PLUMB_WS_DEFLATE": "on"},
    "deflate-small": {"PLUMB_WS_DEFLATE": "on", "PLUMB_WS_MAX_MESSAGE": "1000"},
}
AT_ONCE = 24     # connections
WITHIN = 60      # seconds for one run of a case
BYTEWISE = 400   # longer streams are not sent byte by byte
TLS_EVERY = 4

HANDSHAKE = (b"GET /conformance HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
             b"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
             b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n")


class Run:
    """One case over one connection, its bytes cut in one way."""

    def __init__(self, case, cut, server):
        self.case, self.cut, self.server = case, cut, server
        self.dice = random.Random(f"{case.id} {cut}")
        self.agreed = {}  # parameters of permessage-deflate, once it is
        self.inflater = None

    async def run(self):
        self.reader, self.writer = await asyncio.open_connection(
            "127.0.0.1", self.server.port, limit=1 << 26, ssl=self.server.tls,
            server_hostname="localhost" if self.server.tls else None)
        try:
            await self.follow()
        finally:
            self.writer.transport.abort()

    async def follow(self):
        script = list(self.case.script)
        if self.case.upgrade:
            await self.open()
        ended = False
        while script:
            step = script.pop(0)
            if isinstance(step, bytes):
                pieces = [step]
                while script and isinstance(script[0], bytes):
                    pieces.append(script.pop(0))
                await self.send(pieces)
            elif isinstance(step, Response):
                await self.expect_response(step)
            elif step is FINISH:
                self.writer.write_eof()
            elif step is RESET:
                return  # abort() of a socket that does not linger
            elif step is END or step is ONLY_END:
                await self.expect_end(may_reset=step is ONLY_END)
                ended = True
            else:
                await self.expect(step)
                ended = ended or step.opcode == wire.CLOSE
        if not ended:
            # It is still well, and nothing else came.
            await self.send([wire.ping("the last")])
            await self.expect(wire.Frame(wire.PONG, b"the last"))
            await self.send([wire.close(1000, "done")])
            await self.expect(wire.Frame(wire.CLOSE, (1000).to_bytes(2, "big")))
        if not (self.case.script and self.case.script[-1] is ONLY_END):
            await self.expect_end()

    async def open(self):
        extra = b""
        if self.case.offer:
            extra = b"Sec-WebSocket-Extensions: " + self.case.offer.encode() + b"\r\n"
        self.writer.write(HANDSHAKE % extra)
        status, fields, _ = await self.response()
        assert status == 101, f"the handshake was answered with {status}"
        assert not self.case.offer or self.inflater, "the offer was declined"

    def agree(self, answer):
        """RFC 7692 section 7.1: what a server may answer."""
        name, *parameters = [part.strip() for part in answer.split(";")]
        assert name == "permessage-deflate", f"the extension {name!r}"
        for parameter in parameters:
            key, _, value = parameter.partition("=")
            assert key not in self.agreed, f"{key} is there twice"
            if key.endswith("_max_window_bits"):
                assert value in map(str, range(8, 16)), f"{key}={value}"
            else:
                assert key in ("server_no_context_takeover",
                               "client_no_context_takeover") and not value, parameter
            self.agreed[key] = value
        self.new_window()

    def new_window(self):
        bits = int(self.agreed.get("server_max_window_bits") or 15)
        self.inflater = zlib.decompressobj(-bits)

    def inflated(self, frame):
        assert frame.opcode in (wire.TEXT, wire.BINARY), "RSV1 on a control frame"
        if "server_no_context_takeover" in self.agreed:
            self.new_window()
        try:
            payload = self.inflater.decompress(frame.payload + b"\0\0\xff\xff")
        except zlib.error as error:
            raise AssertionError(f"what came cannot be inflated: {error}")
        return dataclasses.replace(frame, payload=payload)

    async def send(self, pieces):
        stream = b"".join(pieces)
        if self.cut == "bytes":
            pieces = [stream[at:at + 1] for at in range(len(stream))]
        elif self.cut == "random" and len(stream) > 1:
            count = self.dice.randrange(1, 12)
            cuts = sorted({0, len(stream),
                           *(self.dice.randrange(1, len(stream)) for _ in range(count))})
            pieces = [stream[a:b] for a, b in zip(cuts, cuts[1:])]
        elif isinstance(self.cut, int):
            pieces = [stream[at:at + self.cut] for at in range(0, len(stream), self.cut)]
        elif self.cut == "whole":
            pieces = [stream]
        try:
            for piece in pieces:
                self.writer.write(piece)
                await self.writer.drain()
                await asyncio.sleep(0)  # so that others run, the server too
        except ConnectionError:
            pass  # What has come in answer is judged.

    async def expect(self, wanted):
        try:
            got = await self.next_frame()
            while got.opcode == wire.PING:  # On a busy machine it may wonder.
                self.writer.write(wire.pong(got.payload))
                got = await self.next_frame()
        except asyncio.IncompleteReadError:
            raise AssertionError(f"expected {wanted}, got the end of the stream")
        except ConnectionError as error:
            raise AssertionError(f"expected {wanted}, got {error!r}")
        if got.opcode == wire.CLOSE:
            assert len(got.payload) != 1, "a close frame of one byte (RFC 6455 5.5.1)"
            got.payload[2:].decode()  # UTF-8
        differs = (wanted.differs(got) if hasattr(wanted, "differs") else
                   got.payload[:len(wanted.payload)] != wanted.payload or
                   got.opcode != wanted.opcode)
        assert not differs, f"expected {wanted}, got {got}"

    async def next_frame(self):
        got = await wire.read_frame(self.reader, self.inflater is not None)
        return self.inflated(got) if got.compressed else got

    async def expect_end(self, may_reset=False):
        try:
            got = await self.reader.read(200)
        except ConnectionError as error:
            assert may_reset, f"expected the end of the stream, got {error!r}"
            return
        assert got == b"", f"expected the end of the stream, got {got!r}"

    async def response(self):
        """Status, fields and body of an HTTP response (RFC 9112)."""
        try:
            head = await self.reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError as error:
            raise AssertionError(f"no whole HTTP response: {error.partial!r}")
        line, *lines = head[:-4].decode("latin-1").split("\r\n")
        status = re.fullmatch(r"HTTP/1\.1 (\d{3}) [^\r\n]*", line)
        assert status, f"a status line of {line!r} (RFC 9112 4)"
        fields = {}
        for each in lines:
            name, colon, value = each.partition(":")
            assert colon and re.fullmatch(r"[\w-]+", name), f"a field of {each!r}"
            # Lines of one name are one list (RFC 9110 section 5.3).
            name, value = name.lower(), value.strip()
            fields[name] = f"{fields[name]}, {value}" if name in fields else value
        status = int(status.group(1))
        if status == 101:
            if "sec-websocket-extensions" in fields:
                self.agree(fields["sec-websocket-extensions"])
            return status, fields, b""
        if bytes(self.case.script[0][:5]) == b"HEAD ":
            return status, fields, b""  # RFC 9110 section 9.3.2
        assert "content-length" in fields, "a response that does not say its length"
        body = await self.reader.readexactly(int(fields["content-length"]))
        return status, fields, body

    async def expect_response(self, wanted):
        status, fields, _ = await self.response()
        assert status == wanted.status, f"expected {wanted}, got {status} {fields}"
        for name, pattern in wanted.fields:
            value = fields.get(name)
            good = (value is None if pattern is None else
                    value is not None and re.fullmatch(pattern, value))
            assert good, f"expected {wanted}, but {name} is {value!r}"


def cuts_of(case, tls):
    """The ways to cut a case's stream that differ."""
    script = case.script
    size = sum(len(step) for step in script if isinstance(step, bytes))
    alone = not any(isinstance(a, bytes) and isinstance(b, bytes)
                    for a, b in zip(script, script[1:]))
    for cut in case.cuts:
        if not (cut == "frames" and alone or cut == "bytes" and not 1 < size <= BYTEWISE
                or cut == "random" and size < 4 or tls and cut in ("bytes", "frames")):
            yield cut


def chosen(only, tls):
    cases = [case for case in all_cases() if re.search(only, case.id)]
    if tls:
        # Over TLS a client cannot end its side alone, and bytes before the
        # handshake's end are OpenSSL's to judge.
        cases = [case for case in cases[::TLS_EVERY]
                 if FINISH not in case.script and RESET not in case.script]
    return cases


async def run_all(cases, arguments):
    command, tls = arguments.command, arguments.tls
    failures, names, runs = {}, {case.server for case in cases}, 0
    servers = {}
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(case, cut):
        async with gate:
            try:
                await asyncio.wait_for(Run(case, cut, servers[case.server]).run(), WITHIN)
            except asyncio.TimeoutError:
                failures.setdefault(case.id, []).append((cut, f"nothing in {WITHIN} s"))
            except (AssertionError, OSError, asyncio.IncompleteReadError,
                    UnicodeDecodeError) as error:
                failures.setdefault(case.id, []).append((cut, str(error) or repr(error)))

    try:
        for name in sorted(names):
            server = Server(command, tls, SERVERS[name])
            servers[name] = await server.__aenter__()
        jobs = [one(case, cut) for case in cases
                for cut in list(cuts_of(case, tls))[:1 if arguments.whole else None]]
        runs = len(jobs)
        await asyncio.gather(*jobs)
        for name, server in servers.items():
            if server.process.poll() is not None:
                failures[f"server.{name}"] = [("", f"it ended: {server.process.returncode}")]
                server.show_log()
    finally:
        for server in servers.values():
            await server.__aexit__(None, None, None)
    for case in cases:
        if case.id in failures:
            for cut, why in failures[case.id]:
                print(f"FAIL {case.id} ({case.clause}, {cut}): {case.about}: {why}")
        elif arguments.each:
            print(f"ok   {case.id} ({case.clause}): {case.about}")
    for name in failures:
        if name.startswith("server."):
            print(f"FAIL {name}: {failures[name][0][1]}")
    return len(cases), len(failures), runs


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--tls", action="store_true")
    parser.add_argument("--whole", action="store_true")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--each", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("command", nargs=argparse.REMAINDER)
    arguments = parser.parse_args()
    cases = chosen(arguments.only, arguments.tls)
    if arguments.list:
        for case in cases:
            print(f"{case.id}\t{case.clause}\t{case.about}")
        return 0
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    begun = time.monotonic()
    count, failed, runs = asyncio.run(
        run_all(cases, arguments))
    print(f"{count - failed} passed, {failed} failed; {runs} connections in "
          f"{time.monotonic() - begun:.1f} s")
    return 1 if failed or not count else 0


if __name__ == "__main__":
    sys.exit(main())

"""Clients that prove who they are, with peers that are not ours: Python's ssl and
openssl s_client.

usage: client_certificates.py COMMAND...    (COMMAND takes PORT --tls CERTIFICATE KEY)
"""
import asyncio
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "support"))
import websockets
from clients import Refused, status_of
from server import Server, expect, run, seen

WITHIN = 60  # seconds
OURS = "spiffe://example.org/chat"


class Authority:
    """Files of an authority that issues certificates, by the openssl tool."""

    def __init__(self, folder, name):
        self.folder, self.name = folder, name
        self.certificate, self.key = self.path("ca.pem"), self.path("ca.key")
        self.request(f"/O=Example/CN={name}", self.certificate, self.key, "-days", "2")

    def path(self, name):
        return os.path.join(self.folder, f"{self.name}.{name}")

    def request(self, subject, certificate, key, *more):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt",
             "ec_paramgen_curve:prime256v1", "-nodes", "-subj", subject, "-keyout",
             key, "-out", certificate, *more], check=True, capture_output=True,
            timeout=WITHIN)

    def issue(self, name, uri):
        own = self.path(f"{name}.pem"), self.path(f"{name}.key")
        self.request(f"/O=Example/CN={name}", *own, "-CA", self.certificate, "-CAkey",
                     self.key, "-days", "2", "-addext", f"subjectAltName=URI:{uri}",
                     "-addext", "extendedKeyUsage=clientAuth")
        return own


def context(server, own, version):
    tls = ssl.create_default_context(cafile=server.certificate)
    tls.minimum_version = tls.maximum_version = version
    if own:
        tls.load_cert_chain(*own)
    return tls


def connected(server, own, version):
    return websockets.connect(
        f"wss://localhost:{server.port}/", host="127.0.0.1",
        ssl=context(server, own, version), open_timeout=WITHIN)


async def told(server, own, version, part):
    async with connected(server, own, version) as client:
        await client.send(part)
        return await asyncio.wait_for(client.recv(), WITHIN)


def refused(server, own, version):
    """How ssl puts the alert; of TLS 1.3 it comes when something is read."""
    try:
        with socket.create_connection(("127.0.0.1", server.port), WITHIN) as plain, \
                context(server, own, version).wrap_socket(
                    plain, server_hostname="localhost") as secure:
            secure.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            raise AssertionError(f"the client was served: {secure.recv(100)}")
    except ssl.SSLError as error:
        return error.reason


def s_client(server, own, version):
    """What openssl says of the handshake."""
    arguments = ["-cert", own[0], "-key", own[1]] if own else []
    done = subprocess.run(
        ["openssl", "s_client", "-connect", f"127.0.0.1:{server.port}", version,
         "-ign_eof", *arguments],
        input="GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
        capture_output=True, text=True, timeout=WITHIN)
    return done.stdout + done.stderr


async def asked_for_one(server, ours, foreign, other):
    for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
        old = version == ssl.TLSVersion.TLSv1_2
        expect(await told(server, ours, version, "subject"), "CN=ada,O=Example",
               "the subject")
        expect(await told(server, ours, version, "uri"), OURS, "the name")
        expect(refused(server, None, version),
               "SSLV3_ALERT_HANDSHAKE_FAILURE" if old else
               "TLSV13_ALERT_CERTIFICATE_REQUIRED", "without a certificate")
        expect(refused(server, foreign, version), "TLSV1_ALERT_UNKNOWN_CA",
               "of another authority")
        try:
            async with connected(server, other, version):
                raise AssertionError("the program let another service in")
        except Refused as answer:
            expect(status_of(answer), 403, "the program's own refusal")
    for version, alert in (("-tls1_2", "alert handshake failure"),
                           ("-tls1_3", "alert certificate required")):
        expect(alert in s_client(server, None, version), True,
               f"{alert} in {s_client(server, None, version)}")
        said = s_client(server, ours, version)
        expect("HTTP/1.1 404" in said, True, f"an answer in {said}")
        names = re.search(r"Acceptable client certificate CA names\n(.*)\n", said)
        expect(names and names.group(1).replace(" ", ""), "O=Example,CN=ours",
               "who may issue it")


async def main():
    command = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        authority, stranger = Authority(folder, "ours"), Authority(folder, "theirs")
        ours, other = authority.issue("ada", OURS), authority.issue("bob", "urn:x")
        foreign = stranger.issue("eve", OURS)
        environment = {"PLUMB_WS_CLIENT_CA": authority.certificate}
        async with Server(command, tls=True, environment=environment) as server:
            await asked_for_one(server, ours, foreign, other)
            # Another authority, after a hangup.
            with open(stranger.certificate) as new:
                text = new.read()
            with open(authority.certificate, "w") as file:
                file.write(text)
            server.process.send_signal(signal.SIGHUP)
            await seen(server, "read the certificates again (1)")
            version = ssl.TLSVersion.TLSv1_3
            expect(refused(server, ours, version), "TLSV1_ALERT_UNKNOWN_CA",
                   "of the authority of before")
            expect(await told(server, foreign, version, "common_name"), "eve",
                   "of the authority of now")
            expect(await server.stopped_by(signal.SIGTERM), 0, "exit status")
    print("ok: client certificates", flush=True)


run(main())

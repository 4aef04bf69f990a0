"""Runs a program while an HTTP server on this machine answers every GET with one
line. The program gets the address as URL.
"""

import http.server
import os
import subprocess
import sys
import threading


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text = b"hello from the server"
        self.send_response(200)
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_):
        pass


with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = "http://127.0.0.1:%d/" % server.server_port
    status = subprocess.run(sys.argv[1:], env=dict(os.environ, URL=address)).returncode
    server.shutdown()
sys.exit(status)

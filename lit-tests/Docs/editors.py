"""Tries the settings of docs/editor.md in an editor, without a screen: each in the
editor's own file, on a file with a mistake. Diagnostics, hover and completion must
come from plumb-lsp-server.

usage: editors.py SOURCE SERVER neovim|emacs [PROGRAM]
"""
import os
import pathlib
import pty
import re
import select
import subprocess
import sys
import tempfile
import time

WITHIN = 300 # seconds, on a machine that has much else to do

PROGRAM = '''\
func.func @say(%conn: !ws.conn, %text: !intr.str) {
  %lobby = intr.constant "lobby"
  %sent = ws.broadcast %lobby, %text
  %n = intr.call "str.lenght"(%text) : (!intr.str) -> i64
  return
}
'''

inputs = pathlib.Path(__file__).resolve().parent / "Inputs"


def version_of(program):
    text = subprocess.run([program, "--version"], check=True, capture_output=True,
                          text=True, timeout=WITHIN).stdout
    return tuple(map(int, re.search(r"(\d+)\.(\d+)", text).groups()))


def settings(page, editor, version):
    """The block of the page for this version, and what the page says of it."""
    found = re.findall(
        r"^\*\*(\w+)\*\* ([\d.]+) (?:to ([\d.]+)|or later)(.*?)^```\w+\n(.*?)^```",
        page, re.MULTILINE | re.DOTALL)
    number = lambda text: tuple(map(int, (text + ".0").split(".")[:2]))
    for name, first, last, _, block in found:
        if name == editor and number(first) <= version and (
                not last or version <= number(last)):
            return block
    sys.exit(f"docs/editor.md has no settings for {editor} {version}")


def drive(command, home, environment):
    """Runs it in a terminal, in which it may write what it likes."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(home)
        os.execvpe(command[0], command, environment)
    deadline, shown = time.monotonic() + WITHIN, b""
    while time.monotonic() < deadline:
        if select.select([terminal], [], [], 1)[0]:
            try:
                data = os.read(terminal, 65536)
            except OSError:  # Its end has been closed.
                data = b""
            if not data:
                break
            shown = (shown + data)[-8192:]
    else:
        os.kill(child, 9)
    os.waitpid(child, 0)
    os.close(terminal)
    return re.sub(rb"\x1b[\[(>=?]*[\d;]*\w?", b"", shown).decode(errors="replace")


def main():
    source, server, editor, *program = sys.argv[1:]
    name, program, init, driver = {
        "neovim": ("Neovim", *(program or ["nvim"]), ".config/nvim/init.lua",
                   ["--headless", "program.mlir", "-c",
                    f"luafile {inputs}/editor.lua"]),
        "emacs": ("Emacs", *(program or ["emacs"]), ".emacs.d/init.el",
                  ["-nw", "program.mlir", "-l", f"{inputs}/editor.el"]),
    }[editor]
    version = version_of(program)
    page = (pathlib.Path(source) / "docs/editor.md").read_text()
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        (home / "bin").mkdir()
        (home / "bin/plumb-lsp-server").symlink_to(pathlib.Path(server).resolve())
        (home / init).parent.mkdir(parents=True)
        (home / init).write_text(settings(page, name, version))
        (home / "program.mlir").write_text(PROGRAM)
        saw = home / "saw"
        shown = drive([program, *driver], home, {
            "HOME": folder, "PATH": f"{folder}/bin:" + os.environ["PATH"],
            "TERM": "xterm", "LANG": "C.UTF-8", "EDITOR_SAW": str(saw)})
        lines = saw.read_text().splitlines() if saw.exists() else []

    def of(what):
        return [line.partition(": ")[2] for line in lines
                if line.startswith(what + ": ")]
    try:
        diagnostic, = of("diagnostic")
        assert diagnostic.startswith("4 "), diagnostic
        assert "'str.lenght'" in diagnostic and "str.length" in diagnostic, diagnostic
        hover, = of("hover")
        for part in ("ws.broadcast(", "Send a text message to every member",
                     "plumb_ws_broadcast"):
            assert part in hover, hover
        words = [word.split('"')[-1] for word in of("completion")]
        assert sorted(words) == ["Ws.broadcast", "Ws.broadcast_binary",
                                 "Ws.broadcast_except"], words
    except (AssertionError, ValueError) as error:
        sys.exit(f"{name} {version}: {error!r}\nit saw {lines}\n{shown}")
    print(f"{name} {'.'.join(map(str, version))}: diagnostics, hover, completion")


main()

"""Copies the project and adds an intrinsic: a record and a body.

usage: add_intrinsic.py SOURCE BUILD COPY
Configures COPY/build/scratch with the compiler and settings of BUILD; that the
build folder is two levels deep, as the presets have it, lets ccache reuse what
the first build compiled."""
import pathlib
import re
import shutil
import subprocess
import sys

RECORD = '''
def Ws_Shout : Ws_Intrinsic<"shout"> {
  let summary = "Send a text to a connection in capital letters";
  let arguments = (ins Arg<Ws_Conn, "the receiver">:$conn,
                       Arg<Str, "UTF-8 text">:$message);
  let results = (outs Status:$status);
  let touches = [WriteQueues];
}
'''
BODY = '''
PLUMB_BODY(ws, shout) {
  std::string loud(view(message));
  for (char &c : loud)
    if (c >= 'a' && c <= 'z')
      c -= 'a' - 'A';
  return Calls::send(tokenOf(conn), Opcode::Text,
                     {reinterpret_cast<const uint8_t *>(loud.data()), loud.size()});
}
'''

source, build, copy = map(pathlib.Path, sys.argv[1:])
names = subprocess.run(
    ["git", "-C", source, "ls-files", "-z", "--cached", "--others",
     "--exclude-standard"],
    check=True, capture_output=True, text=True).stdout.split("\0")
for name in filter(None, names):
    if not (source / name).is_file():
        continue
    (copy / name).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source / name, copy / name)
with open(copy / "dialects/Ws/WsIntrinsics.td", "a") as file:
    file.write(RECORD)
with open(copy / "runtime/abi/WsBodies.cpp", "a") as file:
    file.write(BODY)

cache = (build / "CMakeCache.txt").read_text()
settings = []
for key in ("CMAKE_C_COMPILER", "CMAKE_CXX_COMPILER", "CMAKE_BUILD_TYPE",
            "CMAKE_PREFIX_PATH", "PLUMB_SANITIZE"):
    value = re.search(rf"^{key}:\w+=(.*)$", cache, re.MULTILINE)
    if value and value.group(1):
        settings.append(f"-D{key}={value.group(1)}")
configured = subprocess.run(
    ["cmake", "-G", "Ninja", "-S", copy, "-B", copy / "build/scratch",
     *settings], capture_output=True, text=True)
if configured.returncode:
    sys.exit(configured.stdout + configured.stderr)

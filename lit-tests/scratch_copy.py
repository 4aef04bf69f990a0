"""A copy of the project that a test changes and builds."""
import re
import shutil
import subprocess
import sys


def make(source, copy):
    """Copies what git knows, or does not ignore; returns the names."""
    names = subprocess.run(
        ["git", "-C", source, "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"],
        check=True, capture_output=True, text=True).stdout.split("\0")
    names = [name for name in names if name and (source / name).is_file()]
    for name in names:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(source / name, copy / name)
    return names


def configure(copy, build):
    """In COPY/build/scratch, with the settings of BUILD: two levels deep, as the
    presets have it, so that ccache knows what BUILD has compiled."""
    cache = (build / "CMakeCache.txt").read_text()
    settings = [
        f"-D{key}={value}" for key, value in re.findall(
            r"^(CMAKE_C_COMPILER|CMAKE_CXX_COMPILER|CMAKE_BUILD_TYPE|"
            r"CMAKE_PREFIX_PATH|PLUMB_SANITIZE):\w+=(.+)$", cache, re.MULTILINE)]
    done = subprocess.run(
        ["cmake", "-G", "Ninja", "-S", copy, "-B", copy / "build/scratch", *settings],
        capture_output=True, text=True)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)

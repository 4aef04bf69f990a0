"""Finds libPlumbC, and tells ctypes what is in it."""
from __future__ import annotations

import ctypes
import functools
import os
import pathlib

from . import c


def _find() -> str:
    """The library of the same installation or build; else the system's."""
    named = os.environ.get("PLUMB_C_LIBRARY")
    if named:
        return named
    for folder in pathlib.Path(__file__).absolute().parents:
        for place in folder / c.LIBRARY, folder / "lib" / c.LIBRARY:
            if place.is_file():
                return str(place)
    return c.LIBRARY


@functools.cache
def library() -> ctypes.CDLL:
    """ImportError where there is none, or one of another version."""
    try:
        found = ctypes.CDLL(_find())
        version = found.plumbAbiVersion()
    except (OSError, AttributeError) as error:
        raise ImportError(f"{error}; PLUMB_C_LIBRARY may name the file of {c.LIBRARY}"
                          ) from None
    if version != c.PLUMB_C_ABI_VERSION:
        raise ImportError(f"{_find()} has version {version} of the C API; this "
                          f"package needs {c.PLUMB_C_ABI_VERSION}")
    c.declare(found)
    return found


def zero_ended(text: str | os.PathLike[str]) -> bytes:
    """As C takes names; a zero within would end them early."""
    data = os.fsencode(text) if isinstance(text, os.PathLike) else text.encode()
    if b"\0" in data:
        raise ValueError("a zero byte in a name or path")
    return data

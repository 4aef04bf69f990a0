"""Code in the memory of this process."""
from __future__ import annotations

import ctypes
import weakref
from collections.abc import Sequence
from typing import Any

from . import c
from .context import Context
from .library import library, zero_ended

# A program may keep what it was called with.
_arguments: list[Any] = []


class Jit:
    """Made by `Module.jit`. Goes with its last reference: neither a thread nor a
    callback that a runtime has kept may run the code then."""

    def __init__(self, context: Context, made: Any) -> None:
        self._context = context
        self._pointer = made
        self._end = weakref.finalize(self, library().plumbJitDestroy, made)

    def address(self, function: str) -> int:
        """Of a function of the module that is not private."""
        found = ctypes.c_void_p()
        self._context._check(library().plumbJitFind(
            self._pointer, zero_ended(function), ctypes.byref(found)))
        return found.value or 0

    def function(self, name: str, result: Any, *arguments: Any) -> Any:
        """The function as ctypes calls it: `jit.function("add", c_int64, c_int64,
        c_int64)`. Its types are the caller's word."""
        call = ctypes.CFUNCTYPE(result, *arguments)(self.address(name))
        call.__dict__["jit"] = self  # lives as long
        return call

    def run_main(self, arguments: Sequence[str] = ("main",)) -> int:
        """Runs the program, once, and gives its exit code. `arguments` are its name
        and what follows it."""
        given = (ctypes.c_char_p * (len(arguments) + 1))(
            *(zero_ended(one) for one in arguments), None)
        _arguments.append(given)
        code = ctypes.c_int()
        self._context._check(library().plumbJitRunMain(
            self._pointer, len(arguments), given, ctypes.byref(code)))
        return code.value

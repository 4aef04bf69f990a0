"""A program: its functions, its text, its code."""
from __future__ import annotations

import ctypes
import os
import weakref
from collections.abc import Sequence
from typing import Any

from . import c
from .build import Block, Builder, Function
from .context import Context, TypeLike
from .jit import Jit
from .library import library, zero_ended


class Module:
    """Made by `Context.module` and `Context.parse`."""

    def __init__(self, context: Context, made: Any) -> None:
        self.context = context
        self._pointer = made
        self._end = weakref.finalize(self, library().plumbModuleDestroy, made)
        #: Where operations are made.
        self.build = Builder(self._pointer, context)

    def _check(self, status: int) -> None:
        self.context._check(status)

    def function(self, name: str, params: Sequence[TypeLike] = (),
                 results: Sequence[TypeLike] = (),
                 flags: c.FunctionFlags = c.FunctionFlags.PUBLIC) -> Function:
        """A new function. A program starts in `main`, without parameters."""
        types = [self.context.type(one) for one in (*params, *results)]
        # One past the end is an address, too, where there are none.
        given = (c.PlumbType * (len(types) + 1))(*(one._c for one in types))
        behind = ctypes.cast(ctypes.byref(given, len(params) *
                                          ctypes.sizeof(c.PlumbType)),
                             ctypes.POINTER(c.PlumbType))
        made = c.PlumbFunction()
        self._check(library().plumbAddFunction(
            self._pointer, zero_ended(name), given, len(params), behind, len(results),
            flags, ctypes.byref(made)))
        return Function(self.build, name, made, len(results))

    def find_function(self, name: str) -> Function:
        made = c.PlumbFunction()
        self._check(library().plumbFindFunction(self._pointer, zero_ended(name),
                                                ctypes.byref(made)))
        return Function(self.build, name, made, None)

    def verify(self) -> None:
        """Checks all of it; the error tells every mistake."""
        self._check(library().plumbModuleVerify(self._pointer))

    def resolve(self) -> None:
        """Calls by source names become operations. Ends the building."""
        self._check(library().plumbModuleResolve(self._pointer))

    def lower(self, whole_program: bool = False) -> None:
        """To the LLVM dialect, in place. Ends the building."""
        self._check(library().plumbModuleLower(self._pointer, whole_program))

    def __str__(self) -> str:
        """MLIR text."""
        return self.context._text(library().plumbModulePrint, self._pointer).decode()

    @staticmethod
    def _options(level: int, triple: str | None, cpu: str | None, is_library: bool,
                 runtime: str | None) -> Any:
        if not 0 <= level <= 3:
            raise ValueError(f"no level {level}: from 0 to 3")
        texts = [None if one is None else zero_ended(one)
                 for one in (triple, cpu, runtime)]
        return ctypes.byref(c.PlumbCompileOptions(
            ctypes.sizeof(c.PlumbCompileOptions), level, texts[0], texts[1],
            is_library, texts[2]))

    def compile(self, output: c.PlumbOutput, *, level: int = 0,
                triple: str | None = None, cpu: str | None = None,
                is_library: bool = False) -> bytes:
        """LLVM IR, bitcode, assembly or an object file. The module stays as it is."""
        return self.context._text(
            library().plumbModuleCompile, self._pointer, output,
            self._options(level, triple, cpu, is_library, None))

    def compile_to_file(self, path: str | os.PathLike[str], output: c.PlumbOutput, *,
                        level: int = 0, triple: str | None = None,
                        cpu: str | None = None, is_library: bool = False) -> None:
        """A failure leaves what was there."""
        self._check(library().plumbModuleCompileToFile(
            self._pointer, output,
            self._options(level, triple, cpu, is_library, None), zero_ended(path)))

    def jit(self, *, level: int = 0, runtime: str | None = None) -> Jit:
        """Code in this process. `runtime`: shared libraries with intrinsics, colons
        between them; families know theirs."""
        made = ctypes.POINTER(c.PlumbJit)()
        self._check(library().plumbJitCreate(
            self._pointer, self._options(level, None, None, False, runtime),
            ctypes.byref(made)))
        return Jit(self.context, made)


__all__ = ["Block", "Builder", "Function", "Module"]

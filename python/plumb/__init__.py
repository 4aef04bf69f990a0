"""Plumb from Python: which intrinsics there are, and programs that call them.

A `Context` knows the families; its `module` is a program, whose `build` makes
operations, and which compiles or runs. docs/front-end-python.md has examples.

Calls `libPlumbC` through ctypes and needs nothing else. What `plumb-c/*.h` says of
ownership and threads holds here, but that what Python drops is freed.
"""
from . import records
from .build import Argument, Block, Builder, Closure, Function, Value
from .c import FunctionFlags, RowFlags
from .c import PlumbArithmetic as Arithmetic
from .c import PlumbComparison as Comparison
from .c import PlumbOutput as Output
from .c import PlumbSeverity as Severity
from .c import PlumbStatus as Status
from .context import Context, Type, TypeLike
from .errors import Diagnostic, Error
from .jit import Jit
from .library import library
from .module import Module


def version() -> str:
    """ "Plumb 0.3.0 (LLVM and MLIR 22.1.8)" """
    text: bytes = library().plumbVersionText()
    return text.decode()


__all__ = [
    "Argument", "Arithmetic", "Block", "Builder", "Closure", "Comparison", "Context",
    "Diagnostic", "Error", "Function", "FunctionFlags", "Jit", "Module", "Output",
    "RowFlags", "Severity", "Status", "Type", "TypeLike", "Value", "records", "version",
]

"""Where programs are made: types, families, diagnostics."""
from __future__ import annotations

import ctypes
import os
import sys
import weakref
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Union

from . import c, records
from .errors import Diagnostic, Error
from .library import library, zero_ended
from .view import text as decoded

if TYPE_CHECKING:
    from .module import Module


class Type:
    """A type of a context. Equal types are equal, and print as MLIR does."""

    def __init__(self, context: Context, made: c.PlumbType) -> None:
        self.context = context
        self._c = made

    def __str__(self) -> str:
        lib = library()
        return decoded(lib.plumbTypeText(self.context._pointer, self._c))

    def __repr__(self) -> str:
        return f"<plumb.Type {self}>"

    def __eq__(self, other: object) -> bool:
        return (isinstance(other, Type) and self.context is other.context
                and self._c.id == other._c.id)

    def __hash__(self) -> int:
        return hash(self._c.id)


#: Where a type is asked for, its text will do: "i64", "!intr.str".
TypeLike = Union[Type, str]


def _print(diagnostic: Diagnostic) -> None:
    print(diagnostic, file=sys.stderr)


class Context:
    """Types and the families that are loaded. One thread at a time may use it, and
    what was made of it.

    `on_diagnostic` gets what the library says of calls that succeed, such as
    warnings; the default prints it to stderr. A call that fails raises `Error`.
    """

    def __init__(self, on_diagnostic: Callable[[Diagnostic], None] = _print) -> None:
        lib = library()
        self._on_diagnostic = on_diagnostic
        said: list[Diagnostic] = []

        def hear(given: Any, user: Any) -> None:
            said.append(Diagnostic.read(given.contents))

        self._said = said
        self._handler = c.PlumbDiagnosticHandler(hear)
        self._pointer = lib.plumbContextCreate()
        if not self._pointer:
            raise MemoryError("no context")
        # Also at the end of the process, later than what was made of it.
        self._end = weakref.finalize(self, lib.plumbContextDestroy, self._pointer)
        self._check(lib.plumbContextSetDiagnosticHandler(
            self._pointer, self._handler, None))

    def _check(self, status: int) -> None:
        """Raises what was said when a call has failed."""
        said, self._said[:] = tuple(self._said), []
        if status:
            raise Error(c.PlumbStatus(status), said)
        for diagnostic in said:
            self._on_diagnostic(diagnostic)

    def _text(self, function: Any, *arguments: Any) -> bytes:
        """Bytes that the library makes, and gets back."""
        made = c.PlumbText()
        self._check(function(*arguments, ctypes.byref(made)))
        try:
            return ctypes.string_at(made.data, made.length) if made.data else b""
        finally:
            library().plumbTextFree(ctypes.byref(made))

    # Types.

    def type(self, type: TypeLike) -> Type:
        """Of its text, as MLIR has it; a type stays as it is."""
        if isinstance(type, Type):
            return type
        made = c.PlumbType()
        self._check(library().plumbTypeParse(self._pointer, zero_ended(type),
                                             ctypes.byref(made)))
        return Type(self, made)

    def type_of(self, type: records.Type) -> Type:
        """The type of a record's parameter or result."""
        made = c.PlumbType()
        self._check(library().plumbTypeOf(self._pointer, ctypes.byref(type._c),
                                          ctypes.byref(made)))
        return Type(self, made)

    def callback_types(self, row: records.Row, param: records.Param
                       ) -> tuple[tuple[Type, ...], Type | None]:
        """Parameters and result that the program's function for it must have."""
        room = len(param.callback.params) + 1 if param.callback else 1
        types, count, result = (c.PlumbType * room)(), ctypes.c_size_t(), c.PlumbType()
        self._check(library().plumbCallbackTypes(
            self._pointer, ctypes.byref(row._c), ctypes.byref(param._c), types, room,
            ctypes.byref(count), ctypes.byref(result)))
        given = tuple(Type(self, c.PlumbType(types[i].id)) for i in range(count.value))
        return given, Type(self, result) if result.id else None

    # Families.

    @property
    def families(self) -> tuple[records.Family, ...]:
        """The built-in ones, and those that were loaded into this context."""
        lib = library()
        return tuple(
            records.Family(lib.plumbGetFamily(self._pointer, i).contents, self)
            for i in range(lib.plumbNumFamilies(self._pointer)))

    def _find(self, cls: Any, function: Any, name: str) -> Any:
        found = function(self._pointer, zero_ended(name))
        return cls(found.contents, self) if found else None

    def find_family(self, name: str) -> records.Family | None:
        """By "ws"."""
        found: records.Family | None = self._find(
            records.Family, library().plumbFindFamily, name)
        return found

    def find_intrinsic(self, name: str) -> records.Row | None:
        """By its source name, "Clock.set", or its operation's, "clock.set"."""
        found: records.Row | None = self._find(
            records.Row, library().plumbFindIntrinsic, name)
        return found

    def find_enum(self, name: str) -> records.Enum | None:
        """By "clock.day"."""
        found: records.Enum | None = self._find(
            records.Enum, library().plumbFindEnum, name)
        return found

    def find_struct(self, name: str) -> records.Struct | None:
        """By "clock.date"."""
        found: records.Struct | None = self._find(
            records.Struct, library().plumbFindStruct, name)
        return found

    def find_constant(self, name: str) -> records.Constant | None:
        """By "clock.max_zones"."""
        found: records.Constant | None = self._find(
            records.Constant, library().plumbFindConstant, name)
        return found

    def nearest(self, name: str) -> list[str]:
        """At most three source names that `name` may be a misspelling of."""
        lib = library()
        return self._text(lib.plumbNearestIntrinsics, self._pointer,
                          zero_ended(name)).decode().splitlines()

    def describe(self, row: records.Row) -> str:
        """ "Clock.set(time: i64, zone: !clock.zone) -> i1", for messages."""
        lib = library()
        return self._text(lib.plumbDescribeIntrinsic, self._pointer,
                          ctypes.byref(row._c)).decode()

    def scheme(self, row: records.Row) -> str:
        """What a language makes of it: "(List<A>, Fun(A) -> B) -> List<B>"."""
        lib = library()
        return self._text(lib.plumbDescribeScheme, self._pointer,
                          ctypes.byref(row._c)).decode()

    def operator_rows(self, word: str) -> tuple[records.Row, ...]:
        """The rows that a language may mean by an operator, such as "[]"."""
        lib, it = library(), zero_ended(word)
        return tuple(
            records.Row(lib.plumbGetOperatorRow(self._pointer, it, i).contents, self)
            for i in range(lib.plumbNumOperatorRows(self._pointer, it)))

    def arguments(self, row: records.Row) -> tuple[records.Param, ...]:
        """What a call takes: the parameters that are not results."""
        lib, it = library(), ctypes.byref(row._c)
        return tuple(records.Param(lib.plumbGetArgument(it, i).contents, self)
                     for i in range(lib.plumbNumArguments(it)))

    def results(self, row: records.Row) -> tuple[records.Type, ...]:
        """What a call gives: the function's result, then what it leaves behind."""
        lib, it = library(), ctypes.byref(row._c)
        return tuple(records.Type(lib.plumbGetResult(it, i).contents, self)
                     for i in range(lib.plumbNumResults(it)))

    def load_family(self, path: str | os.PathLike[str]) -> None:
        """A `.td` or `.json` file of records, or a shared library with a family."""
        self._check(library().plumbLoadFamily(self._pointer, zero_ended(path)))

    # Programs.

    def module(self, name: str) -> Module:
        """An empty one; `name` is that of the source file, for messages."""
        from .module import Module
        made = ctypes.POINTER(c.PlumbModule)()
        self._check(library().plumbModuleCreate(self._pointer, zero_ended(name),
                                                ctypes.byref(made)))
        return Module(self, made)

    def parse(self, program: str | bytes, name: str = "<text>") -> Module:
        """Reads and verifies MLIR text or bytecode."""
        from .module import Module
        data = program.encode() if isinstance(program, str) else program
        made = ctypes.POINTER(c.PlumbModule)()
        self._check(library().plumbModuleParse(self._pointer, data, len(data),
                                               zero_ended(name), ctypes.byref(made)))
        return Module(self, made)

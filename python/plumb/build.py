"""Functions, blocks, values, and the builder of operations."""
from __future__ import annotations

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Union

from . import c, records
from .context import Context, Type, TypeLike
from .library import library, zero_ended


class Value:
    """A value of a module, until that is resolved or lowered."""

    def __init__(self, builder: Builder, made: c.PlumbValue) -> None:
        self._builder = builder
        self._c = made

    @property
    def type(self) -> Type:
        made = c.PlumbType()
        self._builder._check(library().plumbGetValueType(
            self._builder._pointer, self._c, ctypes.byref(made)))
        return Type(self._builder.context, made)


class Block:
    """A block of a function; a branch to it passes its parameters."""

    def __init__(self, builder: Builder, made: c.PlumbBlock) -> None:
        self._builder = builder
        self._c = made

    def parameter(self, index: int) -> Value:
        return self._builder._value(library().plumbGetBlockParameter, self._c, index)


class Function:
    """A function of a module."""

    def __init__(self, builder: Builder, name: str, made: c.PlumbFunction,
                 results: int | None) -> None:
        self._builder = builder
        self.name = name
        self._c = made
        self._results = results

    def parameter(self, index: int) -> Value:
        return self._builder._value(library().plumbGetParameter, self._c, index)

    @property
    def entry(self) -> Block:
        made = c.PlumbBlock()
        self._builder._check(library().plumbGetEntryBlock(
            self._builder._pointer, self._c, ctypes.byref(made)))
        return Block(self._builder, made)

    def block(self, *params: TypeLike) -> Block:
        """A new one at the end, whose parameters have these types."""
        given = self._builder._types(params)
        made = c.PlumbBlock()
        self._builder._check(library().plumbAddBlock(
            self._builder._pointer, self._c, given, len(params), ctypes.byref(made)))
        return Block(self._builder, made)


class Closure(NamedTuple):
    """A callback with its environment, an `!intr.slot`, which the function takes
    as its last parameter: `Closure(ring, build.pack(number))`."""

    function: Function | str
    environment: Value


#: A value; for a callback a function or its name, which may be added later, or a
#: Closure; for options a mapping; None leaves an optional callback or options out.
Argument = Union[Value, Function, str, Closure, Mapping[str, Union[bool, int, str]], None]


def _name(function: Function | str) -> bytes:
    return zero_ended(function if isinstance(function, str) else function.name)


def _options(options: Mapping[str, bool | int | str]) -> bytes:
    """As MLIR writes a dictionary."""
    def quoted(text: str) -> str:
        return '"' + "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\'
                             else f"\\{byte:02X}" for byte in text.encode()) + '"'

    def written(value: bool | int | str) -> str:
        return quoted(value) if isinstance(value, str) else str(int(value))

    return zero_ended("{" + ", ".join(f"{quoted(name)} = {written(value)}"
                                      for name, value in options.items()) + "}")


class Builder:
    """Makes operations at the end of `block`. After an error nothing was made."""

    def __init__(self, pointer: Any, context: Context) -> None:
        self._pointer = pointer
        self.context = context
        self._block: Block | None = None

    def _check(self, status: int) -> None:
        self.context._check(status)

    def _value(self, function: Any, *arguments: Any) -> Value:
        made = c.PlumbValue()
        self._check(function(self._pointer, *arguments, ctypes.byref(made)))
        return Value(self, made)

    def _types(self, types: Sequence[TypeLike]) -> Any:
        return (c.PlumbType * len(types))(*(self.context.type(one)._c for one in types))

    @staticmethod
    def _values(values: Sequence[Value]) -> Any:
        return (c.PlumbValue * len(values))(*(one._c for one in values))

    # Where.

    @property
    def block(self) -> Block | None:
        """Where the next operations go."""
        return self._block

    @block.setter
    def block(self, block: Block) -> None:
        self._check(library().plumbSetBlock(self._pointer, block._c))
        self._block = block

    @property
    def ended(self) -> bool:
        """Whether the block has its return or branch."""
        return bool(library().plumbBlockIsEnded(self._pointer))

    def location(self, line: int, column: int = 0, file: str | None = None) -> None:
        """The place in the source that the next operations come from, counted from
        1; without a file that of the module's name."""
        if not (0 <= line < 2**32 and 0 <= column < 2**32):
            raise ValueError(f"no place {line}:{column}")
        self._check(library().plumbSetLocation(
            self._pointer, None if file is None else zero_ended(file), line, column))

    # Constants.

    def integer(self, number: int, type: TypeLike = "i64") -> Value:
        """Must fit, signed or unsigned."""
        made = self.context.type(type)
        top = 2**64 if str(made) == "i64" else 2**63
        if not -2**63 <= number < top:
            raise ValueError(f"{number} does not fit {made}")
        return self._value(library().plumbBuildInt, made._c, number)

    def boolean(self, truth: object) -> Value:
        return self._value(library().plumbBuildBool, 1 if truth else 0)

    def floating(self, number: float, type: TypeLike = "f64") -> Value:
        return self._value(library().plumbBuildFloat, self.context.type(type)._c,
                           number)

    def text(self, text: str) -> Value:
        """An !intr.str."""
        data = text.encode()
        return self._value(library().plumbBuildText, data, len(data))

    def data(self, data: bytes) -> Value:
        """An !intr.bytes."""
        return self._value(library().plumbBuildBytes, data, len(data))

    def null(self, type: TypeLike) -> Value:
        """The handle or pointer that there is none of."""
        return self._value(library().plumbBuildNull, self.context.type(type)._c)

    def enum(self, enumeration: records.Enum, cases: str) -> Value:
        """A case, "monday", or flags, "read|write"."""
        return self._value(library().plumbBuildEnum, ctypes.byref(enumeration._c),
                           zero_ended(cases))

    # Arithmetic.

    def arithmetic(self, operation: c.PlumbArithmetic, left: Value,
                   right: Value) -> Value:
        return self._value(library().plumbBuildArithmetic, operation, left._c, right._c)

    def compare(self, comparison: c.PlumbComparison, left: Value,
                right: Value) -> Value:
        """An i1."""
        return self._value(library().plumbBuildCompare, comparison, left._c, right._c)

    def select(self, condition: Value, yes: Value, no: Value) -> Value:
        return self._value(library().plumbBuildSelect, condition._c, yes._c, no._c)

    def convert(self, value: Value, type: TypeLike) -> Value:
        """Between numbers, and from statuses, counts and handles: see
        plumbBuildConvert."""
        return self._value(library().plumbBuildConvert, value._c,
                           self.context.type(type)._c)

    def pack(self, value: Value) -> Value:
        """A scalar as a slot."""
        return self.operation("intr.pack", [value], ["!intr.slot"])[0]

    def unpack(self, slot: Value, type: TypeLike) -> Value:
        """The scalar in a slot; the type must be that of what was packed."""
        return self.operation("intr.unpack", [slot], [type])[0]

    # Calls.

    def call(self, function: Function, *arguments: Value) -> tuple[Value, ...]:
        """Of a function that `Module.function` has made; gives its results."""
        if function._results is None:
            raise ValueError(f"how many results '{function.name}' gives is not known: "
                             "use what Module.function returned")
        made = (c.PlumbValue * function._results)()
        self._check(library().plumbBuildCall(
            self._pointer, function._c, self._values(arguments), len(arguments), made,
            len(made)))
        return self._made(made)

    def intrinsic(self, name: str, *arguments: Argument,
                  variables: Sequence[TypeLike | None] = ()) -> tuple[Value, ...]:
        """By its source name, "Clock.set", or its operation's, in the order of
        `Context.arguments`; optional ones at the end may be left out. `variables`
        says what type variables stand for where no argument tells."""
        row = self.context.find_intrinsic(name)
        made = (c.PlumbValue * (len(self.context.results(row)) if row else 0))()
        given = (c.PlumbArgument * len(arguments))(*map(self._argument, arguments))
        types = (c.PlumbType * len(variables))(
            *(c.PlumbType() if it is None else self.context.type(it)._c
              for it in variables))
        self._check(library().plumbBuildGenericIntrinsic(
            self._pointer, zero_ended(name), types, len(types), given,
            len(arguments), made, len(made)))
        return self._made(made)

    @staticmethod
    def _argument(argument: Argument) -> c.PlumbArgument:
        none = c.PlumbValue()
        if argument is None:
            return c.PlumbArgument(none, None, None)
        if isinstance(argument, Value):
            return c.PlumbArgument(argument._c, None, None)
        if isinstance(argument, Closure):
            return c.PlumbArgument(argument.environment._c, _name(argument.function), None)
        if isinstance(argument, (Function, str)):
            return c.PlumbArgument(none, _name(argument), None)
        if isinstance(argument, Mapping):
            return c.PlumbArgument(none, None, _options(argument))
        raise TypeError(f"{argument!r} is no value, function or mapping of options")

    def operation(self, name: str, operands: Sequence[Value],
                  types: Sequence[TypeLike], attributes: str | None = None
                  ) -> tuple[Value, ...]:
        """Any other operation without regions and successors, with results of
        `types`; `attributes` is an MLIR dictionary."""
        made = (c.PlumbValue * len(types))()
        self._check(library().plumbBuildOperation(
            self._pointer, zero_ended(name),
            None if attributes is None else zero_ended(attributes),
            self._values(operands), len(operands), self._types(types), made,
            len(made)))
        return self._made(made)

    def _made(self, values: Any) -> tuple[Value, ...]:
        return tuple(Value(self, c.PlumbValue(one.id)) for one in values)

    # Ends of blocks.

    def ret(self, *values: Value) -> None:
        self._check(library().plumbBuildReturn(self._pointer, self._values(values),
                                               len(values)))

    def branch(self, target: Block, *values: Value) -> None:
        self._check(library().plumbBuildBranch(
            self._pointer, target._c, self._values(values), len(values)))

    def cond_branch(self, condition: Value, yes: Block, no: Block,
                    yes_values: Sequence[Value] = (),
                    no_values: Sequence[Value] = ()) -> None:
        """`condition` is an i1."""
        self._check(library().plumbBuildCondBranch(
            self._pointer, condition._c, yes._c, self._values(yes_values),
            len(yes_values), no._c, self._values(no_values), len(no_values)))

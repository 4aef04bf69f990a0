"""What the generated views of records share."""
from __future__ import annotations

import ctypes
from typing import Any, Generic, TypeVar

C = TypeVar("C", bound=ctypes.Structure)
V = TypeVar("V", bound="View[Any]")


def text(data: bytes | None) -> str:
    return data.decode() if data else ""


def texts(pointer: Any, count: int) -> tuple[str, ...]:
    return tuple(text(pointer[i]) for i in range(count))


class View(Generic[C]):
    """A struct that the library owns, and what keeps it alive: its context.

    Two views are equal when they are of the same struct.
    """

    def __init__(self, struct: C, owner: object) -> None:
        self._c = struct
        self._owner = owner

    def __eq__(self, other: object) -> bool:
        return (type(self) is type(other) and isinstance(other, View)
                and ctypes.addressof(self._c) == ctypes.addressof(other._c))

    def __hash__(self) -> int:
        return hash((type(self), ctypes.addressof(self._c)))

    def __repr__(self) -> str:
        name = getattr(self, "name", None) or getattr(self, "mlir", "")
        return f"<plumb.{type(self).__name__} {name}>"

    def one(self, cls: type[V], pointer: Any) -> V:
        return cls(pointer.contents, self._owner)

    def optional(self, cls: type[V], pointer: Any) -> V | None:
        return self.one(cls, pointer) if pointer else None

    def elements(self, cls: type[V], pointer: Any, count: int) -> tuple[V, ...]:
        return tuple(cls(pointer[i], self._owner) for i in range(count))

    def pointed(self, cls: type[V], pointer: Any, count: int) -> tuple[V, ...]:
        return tuple(self.one(cls, pointer[i]) for i in range(count))

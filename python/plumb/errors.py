"""What went wrong, and where."""
from __future__ import annotations

import dataclasses

from .c import PlumbDiagnostic, PlumbSeverity, PlumbStatus
from .view import text


@dataclasses.dataclass(frozen=True)
class Diagnostic:
    """A message of the library. Lines and columns count from 1; 0 is unknown."""
    severity: PlumbSeverity
    message: str
    file: str
    line: int
    column: int
    notes: tuple[Diagnostic, ...] = ()

    @classmethod
    def read(cls, given: PlumbDiagnostic) -> Diagnostic:
        return cls(PlumbSeverity(given.severity), text(given.message),
                   text(given.file), given.line, given.column,
                   tuple(cls.read(given.notes[i]) for i in range(given.num_notes)))

    def __str__(self) -> str:
        place = self.file
        if place and self.line:
            place += f":{self.line}" + (f":{self.column}" if self.column else "")
        head = f"{place}: " if place else ""
        lines = [f"{head}{self.severity.name.lower()}: {self.message}"]
        return "\n".join(lines + [str(note) for note in self.notes])


class Error(Exception):
    """A call that failed: its status, and all that was said."""

    def __init__(self, status: PlumbStatus,
                 diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__(status, diagnostics)
        self.status = status
        self.diagnostics = diagnostics

    def __str__(self) -> str:
        return "\n".join(map(str, self.diagnostics)) or self.status.name

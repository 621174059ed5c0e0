"""What is wrong with an input: a problem with its place, and the errors that carry problems."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where, what, and what would be right.

    `line` and `column` count from 1; 0 means the whole file. `where` is the place in the
    document as a person would say it: `suppliers[3] "Foo Ltd" > country`.
    """

    file: str
    line: int
    column: int
    what: str
    where: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """`file:line:column: what, where: hint` on one line."""
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        text = f"{place}: {self.what}"
        if self.where:
            text += f", in {self.where}"
        if self.hint:
            text += f". {self.hint}"
        return text


class ImvoScanError(Exception):
    """Base of the errors a person can do something about. Carries every problem found."""

    def __init__(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        """Keep all problems; the message is one line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InventoryError(ImvoScanError):
    """An inventory could not be read or is not valid."""


class EvidenceError(ImvoScanError):
    """A table in `data/` could not be read or is not valid."""


class UsageError(ImvoScanError):
    """The command was asked for something it cannot do."""

    @classmethod
    def of(cls, what: str, hint: str = "") -> UsageError:
        """A usage error with one problem, about no file in particular."""
        return cls([Problem("imvo-scan", 0, 0, what, hint=hint)])

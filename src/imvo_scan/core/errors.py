"""What is wrong with an input: a problem with its place, and the errors that carry problems."""

from __future__ import annotations

from dataclasses import dataclass

from imvo_scan.core.message import Message, Text, message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where, what, and what would be right.

    `line` and `column` count from 1; 0 means the whole file. `where` is the place in the
    document as a person would say it: `suppliers[3] "Foo Ltd" > country`.
    """

    file: str
    line: int
    column: int
    what: Text
    where: Text = ""
    hint: Text = ""

    @property
    def as_message(self) -> Message:
        """`file:line:column: what, in where. hint` on one line."""
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        if self.where:
            line = message("problem.line-within", place=place, what=self.what, where=self.where)
        else:
            line = message("problem.line", place=place, what=self.what)
        if not self.hint:
            return line
        return message("problem.with-hint", problem=line, hint=self.hint)

    def __str__(self) -> str:
        """The line in English."""
        return str(self.as_message)


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
    def of(cls, what: Text, hint: Text = "") -> UsageError:
        """A usage error with one problem, about no file in particular."""
        return cls([Problem("imvo-scan", 0, 0, what, hint=hint)])

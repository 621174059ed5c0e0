"""What there is to say of a row beside its site, as plain values: the report counts them.

Reading returns a value together with its remarks (`Remarked`); nothing is written on the way.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias, TypeVar

from imvo_scan.core.message import Message, Text

T = TypeVar("T")


class RowWarning(NamedTuple):
    """Something to know of a row: what kind of thing, and what was seen in this row."""

    kind: Message
    text: Text


class UnknownCell(NamedTuple):
    """A value of a row that means nothing to us, in the field where it stands."""

    field: str
    text: str


class SiteNote(NamedTuple):
    """What the list could not tell of a site, for the comments of the converted inventory."""

    text: Message


RowRemark: TypeAlias = RowWarning | UnknownCell | SiteNote
Remarks: TypeAlias = tuple[RowRemark, ...]
Remarked: TypeAlias = tuple[T, Remarks]


def sorted_out(stream: Iterable[str | RowRemark]) -> Remarked[list[str]]:
    """The texts of a stream of texts and remarks, and the remarks, each in their order."""
    texts: list[str] = []
    remarks: list[RowRemark] = []
    for one in stream:
        if isinstance(one, str):
            texts.append(one)
        else:
            remarks.append(one)
    return texts, tuple(remarks)

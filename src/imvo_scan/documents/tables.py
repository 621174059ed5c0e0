"""Our own tables: trusted where they come with the program, else checked with every place named."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from imvo_scan.core.data_dir import TextFile, is_trusted
from imvo_scan.core.errors import EvidenceError
from imvo_scan.core.message import Text, message
from imvo_scan.documents import strict_yaml
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import made
from imvo_scan.documents.strict_yaml import Path_

T = TypeVar("T")
_NOT_MADE = (ArithmeticError, AttributeError, KeyError, TypeError, ValueError)
Claim: TypeAlias = tuple[Path_, str, str]
"""A place in a table, a text that stands there, and the key that the text is to mean."""


def read(file: TextFile, shape: type[T], check: Callable[[T], Iterable[Fault]] | None = None) -> T:
    """A table as the values that its shape declares.

    `check` finds what the shape alone cannot show. Raises `EvidenceError` with every fault in the
    order of the file, or `YamlError`. A table that is trusted is looked into only where it fails.
    """
    document = strict_yaml.load_bytes(file.read_bytes(), str(file))
    data = {} if document.data is None else document.data
    if is_trusted(file):
        try:
            return made(shape, data)
        except _NOT_MADE:
            pass  # somebody changed what was installed: say where
    from imvo_scan.documents.row_models import faults_of_shape

    faults = list(faults_of_shape(shape, data))
    try:
        table = made(shape, data)
        faults += check(table) if check is not None else ()
    except _NOT_MADE:
        if not faults:
            raise  # what passed the check and cannot be made is a fault of the declaration
    else:
        if not faults:
            return table
    from imvo_scan.documents.validation import problems

    raise EvidenceError(problems(document, faults))


def index(claims: Iterable[Claim]) -> dict[str, str]:
    """What each text means; of two meanings the first."""
    texts: dict[str, str] = {}
    for _, text, key in claims:
        texts.setdefault(text, key)
    return texts


def clashes(claims: Iterable[Claim]) -> Iterator[Fault]:
    """The texts that already mean something else."""
    texts: dict[str, str] = {}
    for path, text, key in claims:
        other = texts.setdefault(text, key)
        if other != key:
            what = message("tables.means-already", text=repr(text), other=other)
            yield Fault(path, what)


def strangers(
    path: Path_, keys: Iterable[str], known: Iterable[str], what: Text
) -> Iterator[Fault]:
    """The keys that name nothing of what is known; `what` says what they should name."""
    known = frozenset(known)
    for key in keys:
        if key not in known:
            yield Fault(path, message("tables.stranger", key=repr(key), what=what))

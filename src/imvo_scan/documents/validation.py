"""A small file checked whole against its pydantic model, every problem with its line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.documents.explain_errors import faults
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.strict_yaml import Document, key_path

M = TypeVar("M", bound=BaseModel)


def validated(document: Document, model: type[M]) -> M:
    """The document as its model. Raises `UsageError` with every problem."""
    data = {} if document.data is None else document.data
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise UsageError(problems(document, faults(error, data, model))) from None


def problems(document: Document, faults: Iterable[Fault]) -> list[Problem]:
    """The faults of a document with their places, in the order of the file."""
    return sorted(
        (_problem(document, fault) for fault in faults),
        key=lambda problem: (problem.line, problem.column, str(problem.what)),
    )


def _problem(document: Document, fault: Fault) -> Problem:
    place = key_path(fault.path) if fault.about_key else fault.path
    line, column = document.position(place)
    where = " > ".join(str(part + 1 if isinstance(part, int) else part) for part in fault.path)
    return Problem(document.name, line, column, fault.what, where, fault.hint)

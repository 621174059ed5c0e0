"""Where in a file a fault stands: the text is read again for it, only where something is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from imvo_scan.core.errors import Problem
from imvo_scan.documents import strict_yaml
from imvo_scan.documents.fault import Fault

_COMPANY_KEY = re.compile(rb"^[\"']?company[\"']?[ \t]*:", re.MULTILINE)
_LONGEST_LABEL = 60  # characters: enough to know a name, and the line stays one line


class SupplierFault(NamedTuple):
    """Something wrong in supplier number `number`, from 0; in the head of the file where None."""

    number: int | None
    label: str
    fault: Fault


def problems_of(raw: bytes, name: str, faults: Iterable[SupplierFault]) -> list[Problem]:
    """All faults as problems with their place, in the order of the file."""
    faults = list(faults)
    wanted = {one.number for one in faults if one.number is not None}
    positions = strict_yaml.locate(raw, name, "suppliers", wanted)
    problems = []
    for number, label, fault in faults:
        path = fault.path if number is None else ("suppliers", number, *fault.path)
        lookup = strict_yaml.key_path(path) if fault.about_key else path
        line, column = strict_yaml.nearest_position(positions, lookup)
        where = _where(path, label)
        problems.append(Problem(name, line, column, fault.what, where, fault.hint))
    return sorted(set(problems), key=lambda p: (p.line, p.column, str(p.what)))


def _where(path: strict_yaml.Path_, label: str) -> str:
    """`suppliers[3] "Foo Ltd" > country`: the place as a person would say it."""
    parts: list[str] = []
    for depth, part in enumerate(path):
        if isinstance(part, int):
            parts[-1] += f"[{part + 1}]"
            if depth == 1 and label:
                parts[-1] += f' "{label[:_LONGEST_LABEL]}"'
        else:
            parts.append(part)
    return " > ".join(parts)


def line_of_company(raw: bytes) -> int:
    """The line on which the company stands; 1 where it is not written at the start of a line.

    Looked up without parsing: the place of every value costs more than reading the file.
    """
    key = _COMPANY_KEY.search(raw)
    return 1 if key is None else strict_yaml.line_breaks(raw[: key.start()]) + 1

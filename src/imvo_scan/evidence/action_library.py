"""The action library: what can be done about each risk, by whom, in which order.

Read from `measures.yaml` when a plan is asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.documents import tables
from imvo_scan.documents.fault import Fault
from imvo_scan.evidence.measure_rows import (
    Guide,
    Measure,
    MeasuresTable,
    Reference,
    SectorAgreement,
)

MEASURES_TABLE = "measures.yaml"


@dataclass(frozen=True)
class Measures:
    """The library, its ladders from soft to hard, its named groups, and what others offer."""

    by_key: Mapping[str, Measure]
    ladders: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[str, ...]]
    guides: tuple[Guide, ...]
    covenants: tuple[SectorAgreement, ...]
    references: tuple[Reference, ...]

    def of_risk(self, risk: Risk) -> tuple[Measure, ...]:
        """The measures that bear on a risk, in the order of the library."""
        return self._by_risk[risk]

    @cached_property
    def _by_risk(self) -> Mapping[Risk, tuple[Measure, ...]]:
        every = self.by_key.values()
        return {risk: tuple(one for one in every if risk in one.risks) for risk in Risk}


def load_measures(directory: Folder) -> Measures:
    """Read the library. Raises `EvidenceError` for an entry that is not whole."""
    return Measures(*tables.read(directory / MEASURES_TABLE, MeasuresTable, _check))


def _check(table: MeasuresTable) -> Iterator[Fault]:
    """Whatever names a measure names one of the library."""
    known = table.measures
    for key, measure in known.items():
        path = ("measures", key, "needs")
        yield from tables.strangers(path, measure.needs, known, _A_MEASURE)
    for name, lists in (("ladders", table.ladders), ("library", table.groups)):
        for key, keys in lists.items():
            yield from tables.strangers((name, key), keys, known, _A_MEASURE)


_A_MEASURE = message("evidence.a-measure")

"""What became of the rows of a list, counted: the one step that takes the result of every row.

Results come by one at a time; what is kept of them are the distinct sites and the counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from imvo_scan.core.message import Message, message
from imvo_scan.importer.report import THE_COMPANY, Skipped, Warned
from imvo_scan.importer.rows.remarks import Remarks, RowWarning, UnknownCell
from imvo_scan.importer.rows.results import ListCompany, ListSite, NotKept, RowResult

_EXAMPLES = 5  # of each kind of remark: a few show what is meant
_MOST_UNKNOWN = 10  # values shown: the most frequent are most of them
_MOST_SKIPPED = 10_000  # rows named one by one: beyond that a file is no list of suppliers
LONGEST_VALUE = 100  # characters by which values are told apart


@dataclass(frozen=True, slots=True)
class Account:
    """The distinct sites of a list in order, and what is to be reported of all its rows.

    `merged` rows say nothing beyond a row before them, and `differing` of these differ from it in
    columns that are not read. `with_gaps` counts sites that miss something a score needs.
    """

    sites: tuple[ListSite, ...]
    company: ListCompany | None
    rows: int
    blank: int
    merged: int
    differing: int
    with_gaps: int
    gaps: tuple[tuple[str, int], ...]
    reasons: tuple[tuple[Message, int], ...]
    skipped: tuple[Skipped, ...]
    warnings: tuple[Warned, ...]
    unknown: tuple[tuple[UnknownCell, int], ...]


def account_of(results: Iterable[RowResult], unit: Message) -> Account:
    """Take the result of every row; `unit` says what one is, with its file: `list.csv: row`."""
    tally = _Counts(unit)
    for result in results:
        tally.add(result)
    return tally.account()


def warned(remarks: Iterable[tuple[int, RowWarning]], unit: Message) -> tuple[Warned, ...]:
    """The remarks on numbered rows by kind, in the order in which they were met."""
    warnings = _Warnings(unit)
    for number, remark in remarks:
        warnings.add(number, remark)
    return warnings.by_kind()


class _Warnings:
    """Counts remarks by kind, and keeps the first of each as examples."""

    def __init__(self, unit: Message) -> None:
        self._unit = unit
        self._counts: Counter[Message] = Counter()
        self._examples: dict[Message, list[Message]] = {}

    def add(self, number: int, remark: RowWarning) -> None:
        self._counts[remark.kind] += 1
        examples = self._examples.setdefault(remark.kind, [])
        if len(examples) < _EXAMPLES:
            seen = message("importer.seen", unit=self._unit, number=str(number), seen=remark.text)
            examples.append(seen)

    def by_kind(self) -> tuple[Warned, ...]:
        return tuple(
            Warned(kind, count, tuple(self._examples[kind])) for kind, count in self._counts.items()
        )


class _Unknown:
    """Counts values that mean nothing to us."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._whole: dict[tuple[str, str], UnknownCell] = {}

    def add(self, cell: UnknownCell) -> None:
        key = (cell.field, cell.text[:LONGEST_VALUE])
        self._counts[key] += 1
        self._whole.setdefault(key, cell)

    def most_frequent(self) -> tuple[tuple[UnknownCell, int], ...]:
        ranked = sorted(self._counts.items(), key=lambda item: (-item[1], item[0]))
        return tuple((self._whole[key], count) for key, count in ranked[:_MOST_UNKNOWN])


class _Counts:
    """Counts results while they come by; nothing outside this module sees it change."""

    def __init__(self, unit: Message) -> None:
        self._rows = self._blank = self._merged = self._differing = 0
        self._distinct: dict[bytes, ListSite] = {}
        self._company: ListCompany | None = None
        self._reasons: Counter[Message] = Counter()
        self._skipped: list[Skipped] = []
        self._warnings = _Warnings(unit)
        self._unknown = _Unknown()

    def add(self, result: RowResult) -> None:
        number, outcome, remarks = result
        if outcome is None:
            self._blank += 1
            return
        self._rows += 1
        if isinstance(outcome, ListSite):
            self._add_site(outcome)
        elif isinstance(outcome, NotKept):
            self._skip(number, outcome.reason)
        else:
            self._skip(number, THE_COMPANY)
            if self._company is not None:
                return  # what is said of the company is said once, on its first row
            self._company = outcome
        self._add_remarks(number, remarks)

    def _add_remarks(self, number: int, remarks: Remarks) -> None:
        for remark in remarks:
            if isinstance(remark, RowWarning):
                self._warnings.add(number, remark)
            elif isinstance(remark, UnknownCell):
                self._unknown.add(remark)

    def _add_site(self, site: ListSite) -> None:
        first = self._distinct.setdefault(site.content, site)
        if first is not site:
            self._merged += 1
            self._differing += first.unread != site.unread

    def _skip(self, number: int, reason: Message) -> None:
        self._reasons[reason] += 1
        if len(self._skipped) < _MOST_SKIPPED:
            self._skipped.append(Skipped(number, reason))

    def account(self) -> Account:
        sites = tuple(self._distinct.values())
        gaps = Counter(kind for site in sites for kind in site.gaps)
        return Account(
            sites=sites,
            company=self._company,
            rows=self._rows,
            blank=self._blank,
            merged=self._merged,
            differing=self._differing,
            with_gaps=sum(bool(site.gaps) for site in sites),
            gaps=tuple(gaps.most_common()),
            reasons=tuple(self._reasons.most_common()),
            skipped=tuple(self._skipped),
            warnings=self._warnings.by_kind(),
            unknown=self._unknown.most_frequent(),
        )

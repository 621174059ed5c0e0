"""A finding as one row: the columns of the CSV and of the DataFrame, in one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

from imvo_scan.chain.leverage import joint_leverage
from imvo_scan.core.file_names import shown
from imvo_scan.core.levels import UNKNOWN, Unknown
from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.inventory import Supplier
from imvo_scan.inventory.build import value_of
from imvo_scan.inventory.plain_model import plain_model
from imvo_scan.messages.findings import Wording
from imvo_scan.scoring import Assessment

if TYPE_CHECKING:
    import pandas as pd

    from imvo_scan.chain.leverage import Joined
    from imvo_scan.chain.scan import Report, Site

Cell: TypeAlias = str | int | bool | Unknown | None

_OF_FIELDS: dict[str, str] = dict(plain_model("finding_columns"))
"""The columns that show a field of the site, as its declaration says, with the field."""

SITE_COLUMNS = ("site_id", "supplier", "country", "sector", "tier", "path")
FINDING_COLUMNS = (
    "risk",
    "priority",
    "severity",
    "scale",
    "scope",
    "irremediability",
    "likelihood",
    "vector",
    "actual",
    "aggravated",
    "confidence",
    "country_rating",
    "sector_rating",
    "reason",
    "recommendation",
)
CLOSING_COLUMNS = ("spend", "data_version", "joint_leverage")
TREATMENT_COLUMNS = ("residual", "residual_reason", "involvement")
STANDING_COLUMNS = ("status", "waived_by", "waived_reason", "waived_until")
FILE_COLUMNS = ("file",)
_FIRST_COLUMNS = (
    *SITE_COLUMNS,
    *FINDING_COLUMNS,
    *CLOSING_COLUMNS,
    *TREATMENT_COLUMNS,
    *STANDING_COLUMNS,
    *FILE_COLUMNS,
)
LATER_COLUMNS = tuple(name for name in _OF_FIELDS if name not in _FIRST_COLUMNS)
"""Columns of fields that were declared since: they stand behind all others."""

COLUMNS = (*_FIRST_COLUMNS, *LATER_COLUMNS)
"""Columns are only ever added at the end."""


def site_cells(site: Site) -> tuple[Cell, ...]:
    """The cells that say which site it is. Codes are None where unknown; the path is one text."""
    it = site.supplier
    return (it.id, it.name, it.country, it.sector, site.tier, site.chain.path_text(it))


def finding_cells(assessment: Assessment, site: Site, wording: Wording) -> tuple[Cell, ...]:
    """The cells of the score; the same for all sites that share the assessment."""
    return (
        assessment.risk.value,
        assessment.priority.label,
        assessment.severity,
        assessment.scale,
        assessment.scope.level,
        assessment.irremediability,
        assessment.likelihood.level,
        assessment.vector,
        assessment.actual,
        bool(assessment.aggravations),
        assessment.confidence.value,
        assessment.likelihood.country_rating,
        assessment.likelihood.sector_rating,
        wording.reason(assessment, site.supplier),
        wording.recommendation(assessment),
    )


def closing_cells(site: Site, data_version: str, joined: Joined) -> tuple[Cell, ...]:
    """The spend as written, which changes no ranking; the edition of the tables; joint leverage.

    Joint leverage names the other buyers here and the other places where the site is listed (D12).
    """
    return (
        site.supplier.spend,
        data_version,
        "; ".join(joint_leverage(site.supplier, site.at, joined)) or None,
    )


def file_cells(source: str) -> tuple[Cell, ...]:
    """The file that a site stands in: ids are unique within a file only."""
    return (shown(source),)


def later_cells(supplier: Supplier) -> tuple[Cell, ...]:
    """The fields of a site that are shown behind all else; several values apart by bars."""
    return tuple(_cell(value_of(supplier, _OF_FIELDS[name])) for name in LATER_COLUMNS)


def _cell(value: Any) -> Cell:
    return "|".join(map(str, value)) or None if isinstance(value, tuple) else value


def treatment_cells(assessment: Assessment, wording: Wording) -> tuple[Cell, ...]:
    """The class that is left after controls, why, and how the company is involved (METHOD 5)."""
    return (
        assessment.residual.label,
        wording.residual(assessment) or None,
        assessment.involvement.value,
    )


NOT_AT_A_GATE = ("open", None, None, None)
"""The standing of a finding that no waiver and no baseline is held against."""


def frame_of(report: Report) -> pd.DataFrame:
    """All findings of a report as a DataFrame: `COLUMNS`, worst first, missing cells as NA.

    `priority` and `residual` are ordered categories, P1 before P4 before L0.
    """
    import pandas as pd

    wording = Wording(report.evidence.taxonomy)
    version = report.edition.label
    files = {one.source: file_cells(one.source) for one in report.inventories}

    def rows() -> Iterator[tuple[Cell, ...]]:
        shared: dict[int, tuple[Cell, ...]] = {}
        for site, assessment in report.ranked():
            cells = shared.get(id(assessment))
            if cells is None:
                cells = shared[id(assessment)] = finding_cells(assessment, site, wording)
            closing = closing_cells(site, version, report.joined)
            treatment = treatment_cells(assessment, wording)
            yield (
                *site_cells(site),
                *cells,
                *closing,
                *treatment,
                *NOT_AT_A_GATE,
                *files[site.at.source],
                *later_cells(site.supplier),
            )

    frame = pd.DataFrame(rows(), columns=list(COLUMNS)).replace({UNKNOWN: None})
    labels = [priority.label for priority in (*CLASSES, Priority.NOT_INDICATED)]
    # Ordered as METHOD 4 orders them: as text, L0 would come before P1.
    classes = pd.CategoricalDtype(labels, ordered=True)
    whole = dict.fromkeys(("tier", "country_rating", "sector_rating"), "Int64")
    return frame.astype({**whole, "priority": classes, "residual": classes})

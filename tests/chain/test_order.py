"""The order in which findings are dealt with: METHOD 4 on whole inventories."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from imvo_scan.chain import Report, scan
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import Buyer
from tests.conftest import TODAY

COUNTRIES = ["BD", "CN", "CD", "NL", "DE", "SE", None]
SECTORS = ["textiles", "mining", "agriculture", "retail", "ict", None]
SITES = st.lists(
    st.tuples(
        st.sampled_from(COUNTRIES),
        st.sampled_from(SECTORS),
        st.sampled_from([1, 2, 3, None]),
        st.sampled_from([5, 500, 50_000, None]),
    ),
    min_size=1,
    max_size=6,
)
Row = tuple[str | None, str | None, int | None, int | None]


def report_on(evidence: Evidence, rows: list[Row]) -> Report:
    """A scan of sites with these countries, sectors, tiers and workers."""
    sites = tuple(
        Supplier(f"s{n}", f"S{n}", country, sector, tier=tier, workers=workers, line=n + 4)
        for n, (country, sector, tier, workers) in enumerate(rows)
    )
    inventory = Inventory("chain.yaml", Buyer("Us", None, None), sites)
    return scan(inventory, evidence=evidence, today=TODAY)


@settings(max_examples=60)
@given(SITES)
def test_d3_what_cannot_be_undone_comes_first(evidence: Evidence, rows: list[Row]) -> None:
    """D3: in one class and of one severity, the less it can be undone the earlier it stands."""
    found = [one.assessment for one in report_on(evidence, rows).findings]
    places = [(one.priority, -one.severity, -one.irremediability) for one in found]
    assert places == sorted(places)


@settings(max_examples=60)
@given(SITES)
def test_d4_likelihood_comes_second(evidence: Evidence, rows: list[Row]) -> None:
    """D4: how likely it is decides only between those that are as grave and as irreparable."""
    alike: dict[tuple[int, int, int], list[int]] = {}
    for one in (finding.assessment for finding in report_on(evidence, rows).findings):
        key = (one.priority, one.severity, one.irremediability)
        alike.setdefault(key, []).append(one.likelihood.level)
    assert all(levels == sorted(levels, reverse=True) for levels in alike.values())


def test_d10_the_worst_is_found_wherever_it_is(evidence: Evidence) -> None:
    """D10: a mine at the third tier stands before the offices next door."""
    offices: list[Row] = [("NL", "retail", 1, 50_000)] * 40
    report = report_on(evidence, [*offices, ("CD", "mining", 3, None)])
    assert {one.site.supplier.id for one in report.findings[:4]} == {"s40"}


def test_a_report_is_one_line_where_somebody_prints_it(evidence: Evidence) -> None:
    """Its fields hold every supplier; `repr` says how much there is of what."""
    sites = (Supplier("mill", "Mill", "BD", "textiles"), Supplier("mine", "Mine", "CD", "mining"))
    report = scan(Inventory("x", Buyer("Us", None, None), sites), evidence=evidence, today=TODAY)
    assert repr(report).startswith("<Report on 2 sites: P1 ")
    assert "\n" not in repr(report)
    assert len(repr(report)) < 100

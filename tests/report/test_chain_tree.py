"""The chain as a graph: the tree, roll-ups, blind spots, leverage (D2, D10-D12)."""

from __future__ import annotations

import io
import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.chain import Report, scan
from imvo_scan.chain.leverage import Handle, Place, handles_of
from imvo_scan.chain.roll_up import Dimension, Rollup, roll_up
from imvo_scan.core.priorities import Priority
from imvo_scan.core.risks import Risk
from imvo_scan.core.site_terms import DialogueState
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import Buyer, Relations
from imvo_scan.inventory.facts import DialogueStep
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.finding_columns import frame_of
from imvo_scan.output.pages.chain import Drawing
from imvo_scan.report.chain_tree import Node, Tree
from tests.conftest import TODAY

SITES = (
    Supplier("trader", "Trader", "DE", "wholesale", supplies=("company",), workers=20),
    Supplier("mill", "Mill", "ID", "food", supplies=("trader", "refiner"), goods=("palm oil",)),
    Supplier("refiner", "Refiner", "NL", "food", supplies=("company",)),
    Supplier("plantation", "Plantation", "CD", "agriculture", supplies=("mill",), workers=5000),
    Supplier("shop", "Cleaner", "NL", "cleaning-security", tier=1),
    Supplier("lost", "Lost", "CN", "textiles", tier=3),
)


def report_on(evidence: Evidence, *sites: Supplier, buyer: Buyer | None = None) -> Report:
    """A report on a chain of these sites."""
    inventory = Inventory("chain.yaml", buyer or Buyer("Us", "NL", "retail", 10), sites)
    return scan(inventory, evidence=evidence, today=TODAY)


def tree(report: Report) -> Tree:
    """The tree of the first chain."""
    return Tree(report, report.sites[0].chain)


def drawn(report: Report, *, most: int | None = None, depth: int | None = None) -> str:
    """The tree as it is printed."""
    sink = io.StringIO()
    Drawing(report, Speaker()).write(sink, "0", depth=depth, most=most)
    return sink.getvalue()


def test_d2_every_site_is_in_the_report_and_the_tree(evidence: Evidence) -> None:
    """D2: each site of three tiers, and the company itself at tier 0."""
    report = report_on(evidence, *SITES)
    assert {site.supplier.id: site.tier for site in report.sites} == {
        "company": 0,
        "trader": 1,
        "refiner": 1,
        "shop": 1,
        "mill": 2,
        "plantation": 3,
        "lost": 3,
    }
    shown = {node.site.supplier.id for node in tree(report).nodes() if node.site}
    assert shown == {site.id for site in SITES}


def test_cao_the_own_house_is_scanned_too(evidence: Evidence) -> None:
    """CAO: nine findings for the company, which causes what happens there."""
    report = report_on(evidence, *SITES)
    own = [finding for finding in report.findings if finding.site.tier == 0]
    assert len(own) == 9
    assert {finding.assessment.involvement.value for finding in own} == {"cause"}
    assert own[0].site.path == ("Us",)


def test_a_company_that_says_too_little_is_a_gap(evidence: Evidence) -> None:
    """Without country and sector it is not scanned, and that is said."""
    report = report_on(evidence, *SITES, buyer=Buyer("Us", "NL", None))
    assert len(report.sites) == len(SITES)
    assert report.gaps["country and sector of the company itself"] == 1


def test_d11_the_worst_finding_comes_with_its_path(evidence: Evidence) -> None:
    """D11: company > trader > mill > plantation, by way of the supplier that the line is about."""
    found = {one.key: one for one in roll_up(report_on(evidence, *SITES), Dimension.SUPPLIER)}
    assert found["trader"].path == ("Us", "Trader", "Mill", "Plantation")
    assert found["refiner"].path == ("Us", "Refiner", "Mill", "Plantation")
    assert found["trader"].worst.priority is Priority.P1


def test_a_shared_supplier_is_counted_once(evidence: Evidence) -> None:
    """The mill stands behind two; each roll-up holds it once, and the counts add up."""
    sites = (
        Supplier("a", "A", "NL", "retail", supplies=("company",)),
        Supplier("b", "B", "NL", "retail", supplies=("a",)),
        Supplier("c", "C", "NL", "retail", supplies=("a",)),
        Supplier("d", "D", "BD", "textiles", supplies=("b", "c")),
    )
    report = report_on(evidence, *sites)
    found = {one.key: one for one in roll_up(report, Dimension.SUPPLIER)}
    assert found["a"].sites == 4
    assert sum(found["a"].counts.values()) == 9 * 4
    assert found.keys() == {"a", "company"}


def test_no_tier_drops_a_site_from_its_rollup(evidence: Evidence) -> None:
    """By supplier as by tier: a mine of tier 3 whose buyer is unknown is a line of its own."""
    mine = Supplier("mine", "Deep Mine", "CD", "mining", tier=3)
    office = Supplier("office", "Office", "NL", "professional-services", tier=1)
    report = report_on(evidence, office, mine)
    by_supplier = {one.key: one for one in roll_up(report, Dimension.SUPPLIER)}
    by_tier = {one.key: one for one in roll_up(report, Dimension.TIER)}
    assert by_supplier.keys() == {"company", "office", "mine"}
    assert by_supplier["mine"].counts == by_tier["3"].counts
    assert by_supplier["mine"].path == ("Us", "?", "Deep Mine")


def test_a_site_behind_one_of_unknown_tier_is_no_line_of_its_own(evidence: Evidence) -> None:
    """What stands behind a known site is counted there, whatever its tier."""
    agent = Supplier("agent", "Agent", "NL", "wholesale")
    mill = Supplier("mill", "Mill", "BD", "textiles", supplies=("agent",))
    found = {one.key: one for one in roll_up(report_on(evidence, agent, mill), Dimension.SUPPLIER)}
    assert {key: one.sites for key, one in found.items()} == {"company": 1, "agent": 2}


@pytest.mark.parametrize("by", list(Dimension))
def test_a_rollup_is_the_worst_and_its_counts(evidence: Evidence, by: Dimension) -> None:
    """By every dimension: worst first, and the first line holds the worst finding of all."""
    report = report_on(evidence, *SITES)
    lines = roll_up(report, by)
    ranks = [one.worst.assessment.rank for one in lines]
    assert ranks == sorted(ranks)
    assert lines[0].worst == report.worst
    if by not in {Dimension.SUPPLIER, Dimension.GOOD}:
        assert sum(sum(one.counts.values()) for one in lines) == 9 * len(report.sites)


def test_what_is_behind_is_drawn_once(evidence: Evidence) -> None:
    """Under the second buyer the mill says that its branch stands above."""
    report = report_on(evidence, *SITES)
    mills = [n for n in tree(report).nodes() if n.site and n.site.supplier.id == "mill"]
    assert [node.again for node in mills] == [False, True]
    text = drawn(report)
    assert text.count("Plantation") == 2  # in the path of the worst finding, and in the tree
    assert "what stands behind it is drawn above" in text
    assert "Whom these supply is not known" in text


def test_what_was_too_deep_to_be_drawn_is_drawn_where_it_is_nearer(evidence: Evidence) -> None:
    """A site that was only named at the last tier has nothing behind it above."""
    sites = (
        Supplier("a-mine", "Mine", "CD", "mining", tier=1),
        Supplier("mill", "Mill", "NL", "ict", supplies=("company", "a-mine")),
        Supplier("farm", "Farm", "NL", "ict", supplies=("mill",)),
    )
    nodes = [*tree(report_on(evidence, *sites)).nodes(depth=2)]
    named = [(len(n.last), n.site.supplier.id, n.again) for n in nodes if n.site]
    assert named == [
        (1, "a-mine", False),
        (2, "mill", False),
        (1, "mill", False),
        (2, "farm", False),
    ]


def test_t1_with_nothing_behind_is_a_blind_spot(evidence: Evidence) -> None:
    """D10: tier 1, one of the twelve sectors, nothing behind: the chain is unknown beyond it."""
    report = report_on(evidence, *SITES, Supplier("cmt", "Cmt", "PT", "textiles", tier=1))
    assert [site.supplier.id for site in report.blind_spots] == ["cmt"]
    line = next(line for line in drawn(report).splitlines() if "Cmt" in line)
    assert line.endswith("chain unknown beyond here")


def test_a_trader_in_high_risk_goods_is_a_blind_spot(evidence: Evidence) -> None:
    """The goods decide too: an office that sells clothing hides where it is sewn."""
    high = evidence.taxonomy.high_risk_sectors
    assert "professional-services" not in high
    assert "textiles" in high
    office = Supplier("office", "Office", "NL", "professional-services", tier=1)
    seller = office._replace(id="seller", goods_sector="textiles")
    assert [one.supplier.id for one in report_on(evidence, office, seller).blind_spots] == [
        "seller"
    ]


@pytest.mark.parametrize(
    ("change", "spots"),
    [
        ({}, 1),
        ({"name": "Other", "workers": 9}, 1),
        ({"goods": ("cotton",)}, 2),
        ({"goods_sector": "food"}, 2),
        ({"sector": "mining"}, 2),
        ({"country": "IN"}, 2),
    ],
)
def test_a_hot_spot_is_one_country_sector_goods_and_risk(
    evidence: Evidence, change: dict[str, Any], spots: int
) -> None:
    """What differs in any of these is another line, whatever else is the same."""
    one = Supplier("a", "A", "BD", "textiles", goods=("garments",), workers=5)
    report = report_on(evidence, one, one._replace(id="b", **change), buyer=Buyer("Us", None, None))
    found = [s for s in report.hot_spots if s.worst.risk is Risk.CHILD_LABOUR]
    assert len(found) == spots
    assert sum(spot.sites for spot in found) == 2


def test_a_hot_spot_counts_its_people_and_who_is_silent(evidence: Evidence) -> None:
    """Sites that do not say how many work there are counted apart, not as nobody."""
    told = Supplier("a", "A", "BD", "textiles", workers=5)
    sites = (told, told._replace(id="b", workers=None), told._replace(id="c", workers=7))
    report = report_on(evidence, *sites, buyer=Buyer("Us", None, None))
    found = [(s.sites, s.workers, s.silent) for s in report.hot_spots]
    assert found == [(3, 12, 1)] * 9


def test_a_rollup_by_risk_counts_every_site(evidence: Evidence) -> None:
    """Each of the nine risks is looked at everywhere."""
    report = report_on(evidence, *SITES)
    lines = roll_up(report, Dimension.RISK)
    assert [one.sites for one in lines] == [len(report.sites)] * 9


def test_a_dialogue_is_leverage(evidence: Evidence) -> None:
    """Where talks have begun more can be done, so among its like the site comes first."""
    step = DialogueStep(state=DialogueState.DISCUSS, date="2026")
    plain = Supplier("a", "A", "BD", "textiles", tier=1)
    talks = plain._replace(id="b", relations=Relations(dialogue=(step,)))
    report = report_on(evidence, plain, talks, buyer=Buyer("Us", None, None))
    assert handles_of(report.inventories) == {Place("chain.yaml", "b"): (Handle.DIALOGUE,)}
    assert report.findings[0].site.supplier.id == "b"


def test_few_branches_and_tiers_where_asked(evidence: Evidence) -> None:
    """`--top` and `--depth` leave out, and say what they leave out."""
    report = report_on(evidence, *SITES)
    assert "more: use --top 0" in drawn(report, most=1)
    assert "Plantation ·" not in drawn(report, depth=2)


def test_ten_thousand_sites_two_hundred_deep(evidence: Evidence) -> None:
    """Nothing calls itself once for each tier."""
    sites = [Supplier("s0", "S0", "NL", "retail", supplies=("company",))]
    for number in range(1, 10_000):
        above = number - 1 if number % 200 else 0
        sites.append(
            Supplier(f"s{number}", f"S{number}", "BD", "textiles", supplies=(f"s{above}",))
        )
    report = report_on(evidence, *sites)
    assert max(site.tier or 0 for site in report.sites) == 201
    nodes = list(tree(report).nodes())
    assert len(nodes) == 10_000
    lines = drawn(report).count("\n")
    assert lines == 10_002 + 2  # an empty one, and that of the tables
    (whole,) = (one for one in roll_up(report, Dimension.SUPPLIER) if one.key == "s0")
    assert whole.sites == 10_000


# -- leverage: D12 -------------------------------------------------------------------------------


def test_d12_sites_listed_twice_are_joined(evidence: Evidence) -> None:
    """D12: the same Open Supply Hub id, or the same name and address, over two inventories."""
    one = Inventory(
        "food.yaml",
        Buyer("Us", None, None),
        (
            Supplier("a", "Mill", "ID", "food", relations=Relations(os_id="CN2021250D1DTN7")),
            Supplier("x", "Box Ltd.", "NL", "food", relations=Relations(address="Dam 1")),
        ),
    )
    two = Inventory(
        "wear.yaml",
        Buyer("Us", None, None),
        (
            Supplier("b", "Other name", "ID", "food", relations=Relations(os_id="CN2021250D1DTN7")),
            Supplier("y", "BOX LTD", "NL", "food", relations=Relations(address="dam 1")),
            Supplier("z", "Box Ltd.", "NL", "food", relations=Relations(address="Dam 2")),
        ),
    )
    report = scan(one, two, evidence=evidence, today=TODAY)
    assert report.joined == {
        Place("food.yaml", "a"): (Place("wear.yaml", "b"),),
        Place("wear.yaml", "b"): (Place("food.yaml", "a"),),
        Place("food.yaml", "x"): (Place("wear.yaml", "y"),),
        Place("wear.yaml", "y"): (Place("food.yaml", "x"),),
    }


def test_d12_who_is_the_same_as_a_third_is_the_same(evidence: Evidence) -> None:
    """D12: one by its id and another by its address stand for one site, in one group."""
    known = Relations(os_id="CN2021250D1DTN7")
    both = Relations(os_id="CN2021250D1DTN7", address="Dam 1")
    report = report_on(
        evidence,
        Supplier("a", "Mill", "ID", "food", relations=known),
        Supplier("b", "Box", "ID", "food", relations=both),
        Supplier("c", "Box", "ID", "food", relations=Relations(address="Dam 1")),
        Supplier("d", "Box", "ID", "food", relations=Relations(address="Dam 2")),
    )
    named = {place.id: {other.id for other in more} for place, more in report.joined.items()}
    assert named == {"a": {"b", "c"}, "b": {"a", "c"}, "c": {"a", "b"}}


def test_d12_other_buyers_come_first_among_equals(evidence: Evidence) -> None:
    """Leverage breaks ties and nothing else: class and rank are those of its like (METHOD 4)."""
    alone = Supplier("a", "A", "BD", "textiles", tier=1)
    shared = Supplier("b", "B", "BD", "textiles", tier=1, relations=Relations(other_buyers=("X",)))
    report = report_on(evidence, alone, shared, buyer=Buyer("Us", None, None))
    assert [finding.site.supplier.id for finding in report.findings[:4]] == [
        "b",
        "a",
        "b",
        "a",
    ] or ([finding.site.supplier.id for finding in report.findings[:2]] == ["b", "b"])
    assert handles_of(report.inventories) == {Place("chain.yaml", "b"): (Handle.OTHER_BUYERS,)}
    frame = frame_of(report)
    assert set(frame.loc[frame["site_id"] == "b", "joint_leverage"]) == {"X"}


# -- random chains -------------------------------------------------------------------------------


@st.composite
def chains(draw: st.DrawFn) -> tuple[Supplier, ...]:
    """Up to twelve sites, each delivering to the company or to some before it."""
    count = draw(st.integers(1, 12))
    sites: list[Supplier] = []
    for number in range(count):
        before = ["company", *(site.id for site in sites)]
        buyers = draw(st.lists(st.sampled_from(before), max_size=3, unique=True))
        tier = None if buyers else draw(st.sampled_from([None, 1, 2, 7]))
        country = draw(st.sampled_from(["NL", "BD", "CD", "GT", None]))
        sector = draw(st.sampled_from(["textiles", "mining", "finance", None]))
        named = (f"s{number}", f"S{number}", country, sector)
        sites.append(Supplier(*named, tier=tier, supplies=tuple(buyers)))
    return tuple(sites)


def by_key(report: Report, by: Dimension) -> dict[str, Rollup]:
    """The roll-ups by key."""
    return {one.key: one for one in roll_up(report, by)}


@given(chains(), st.sampled_from(list(Dimension)))
def test_adding_a_site_never_improves_a_rollup(
    evidence: Evidence, sites: tuple[Supplier, ...], by: Dimension
) -> None:
    """The worst stays or gets worse, and no count of a class falls."""
    before = by_key(report_on(evidence, *sites[:-1] or sites), by)
    after = by_key(report_on(evidence, *sites), by)
    for key, one in before.items():
        assert after[key].worst.assessment.rank <= one.worst.assessment.rank
        assert all(after[key].counts.get(p, 0) >= count for p, count in one.counts.items())


@given(chains())
def test_by_supplier_every_site_is_counted(evidence: Evidence, sites: tuple[Supplier, ...]) -> None:
    """Whatever its tier and whoever its buyers: no site is in no line, so no finding is lost."""
    report = report_on(evidence, *sites)
    lines = {one.key: one for one in roll_up(report, Dimension.SUPPLIER)}
    near = lines.keys() - {"company"}
    behind = report.sites[0].chain.all_behind
    assert {site.id for site in sites} == near.union(*map(behind, near))


@given(chains(), st.randoms(use_true_random=False))
def test_shuffling_changes_nothing(
    evidence: Evidence, sites: tuple[Supplier, ...], rng: random.Random
) -> None:
    """Neither findings nor the tree nor a roll-up depends on the order of the file."""
    mixed = list(sites)
    rng.shuffle(mixed)
    one, other = report_on(evidence, *sites), report_on(evidence, *mixed)
    assert [f.id for f in one.findings] == [f.id for f in other.findings]
    assert drawn(one) == drawn(other)
    for by in Dimension:
        assert [(r.key, r.counts, r.worst.id) for r in roll_up(one, by)] == [
            (r.key, r.counts, r.worst.id) for r in roll_up(other, by)
        ]


@given(chains())
def test_the_tree_holds_every_site_and_no_branch_twice(
    evidence: Evidence, sites: tuple[Supplier, ...]
) -> None:
    """Each link is one line, what is behind a site hangs under it once."""
    report = report_on(evidence, *sites)
    nodes: list[Node] = list(tree(report).nodes())
    opened = [n.site.supplier.id for n in nodes if n.site and not n.again]
    behind = report.sites[0].chain.behind
    assert {key for key in opened if behind.get(key)} == {
        site.id for site in sites if behind.get(site.id)
    }
    with_branches = [key for key in opened if behind.get(key)]
    assert len(with_branches) == len(set(with_branches))
    worst = {key: found for key, (_, found) in tree(report).worst_behind.items()}
    for site in sites:
        far = report.sites[0].chain.all_behind(site.id)
        ranks = [f.assessment.rank for f in report.findings if f.site.supplier.id in far]
        assert (site.id in worst) == bool(far)
        if far:
            assert worst[site.id].assessment.rank == min(ranks)


def test_the_worst_branch_is_drawn_first_whatever_the_ids(evidence: Evidence) -> None:
    """Also where what makes it the worst stands behind it."""
    sites = (
        Supplier("a-office", "Office", "NL", "ict", tier=1),
        Supplier("b-shop", "Shop", "NL", "ict", tier=1),
        Supplier("z-mine", "Mine", "CD", "mining", supplies=("b-shop",)),
    )
    nodes = [*tree(report_on(evidence, *sites)).nodes()]
    ids = [node.site.supplier.id for node in nodes if node.site]
    assert ids == ["b-shop", "z-mine", "a-office"]

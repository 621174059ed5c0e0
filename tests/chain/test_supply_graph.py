"""Tiers and paths: the shortest way to the company, and plain errors where links contradict."""

from __future__ import annotations

import pytest

from imvo_scan.chain.supply_graph import Chain, chain_of, shortened
from imvo_scan.core.errors import InventoryError
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import COMPANY, Buyer
from imvo_scan.messages.speaker import Speaker


def inventory(*sites: tuple[str, tuple[str, ...], int | None]) -> Inventory:
    """An inventory of sites: id, ids it supplies, stated tier; the first stands on line 4."""
    suppliers = tuple(
        Supplier(name, name.upper(), None, None, supplies=to, tier=tier, line=line)
        for line, (name, to, tier) in enumerate(sites, start=4)
    )
    return Inventory("chain.yaml", Buyer("Us", None, None), suppliers)


def site(chain: Chain, name: str) -> Supplier:
    """The site with this id."""
    return next(one for one in chain.inventory.suppliers if one.id == name)


def problem(*sites: tuple[str, tuple[str, ...], int | None]) -> str:
    """What is said of a chain that is refused."""
    with pytest.raises(InventoryError) as caught:
        chain_of(inventory(*sites))
    return str(caught.value)


def test_the_tier_is_the_shortest_way_to_the_company() -> None:
    """A site that supplies two others takes the nearer one (D10, D11)."""
    chain = chain_of(
        inventory(
            ("mill", ("cmt", "agent"), None),
            ("agent", ("cmt",), None),
            ("cmt", ("company",), None),
            ("farm", ("mill",), None),
        )
    )
    assert {site.id: chain.tier(site) for site in chain.inventory.suppliers} == {
        "cmt": 1,
        "mill": 2,
        "agent": 2,
        "farm": 3,
    }
    assert chain.path(site(chain, "farm")) == ("Us", "CMT", "MILL", "FARM")


@pytest.mark.parametrize("buyers", [("agent", "trader"), ("trader", "agent")])
@pytest.mark.parametrize("first", ["agent", "trader"])
def test_among_equal_ways_the_lowest_id_leads(buyers: tuple[str, ...], first: str) -> None:
    """The path of a site depends on its links, not on the order of the file or of `supplies`."""
    near = [("agent", ("company",), None), ("trader", ("company",), None)]
    near = near if first == "agent" else near[::-1]
    chain = chain_of(inventory(*near, ("mill", buyers, None)))
    assert chain.path(site(chain, "mill")) == ("Us", "AGENT", "MILL")


@pytest.mark.parametrize("buyers", [("agent", "trader"), ("trader", "agent")])
def test_of_buyers_of_unknown_tier_the_lowest_id_leads(buyers: tuple[str, ...]) -> None:
    """Also where nobody knows how far the company is."""
    chain = chain_of(inventory(("agent", (), None), ("trader", (), None), ("mill", buyers, None)))
    assert chain.path(site(chain, "mill")) == ("Us", "?", "AGENT", "MILL")


def test_a_stated_tier_carries_on_behind_a_site_without_links() -> None:
    """Where the link to the company is unknown, the path says so."""
    chain = chain_of(inventory(("gin", (), 3), ("farm", ("gin",), None)))
    assert chain.tier(site(chain, "farm")) == 4
    assert chain.path(site(chain, "farm")) == ("Us", "?", "GIN", "FARM")


def test_an_unknown_tier_stays_unknown() -> None:
    """Nothing is guessed."""
    chain = chain_of(inventory(("a", (), None), ("b", ("a",), None), ("c", (), 1)))
    assert [chain.tier(site(chain, key)) for key in "abc"] == [None, None, 1]
    assert chain.path(site(chain, "b")) == ("Us", "?", "A", "B")
    assert chain.path(site(chain, "c")) == ("Us", "C")


def test_an_unknown_id_is_named_with_the_nearest() -> None:
    """A typing error in a link gets its line and a suggestion."""
    said = problem(("dye-house", ("company",), None), ("mill", ("dye-hous",), None))
    assert said.startswith("chain.yaml:5:1: 'dye-hous' is not the id of a supplier")
    assert 'Did you mean "dye-house"?' in said


def test_every_circle_is_named_once() -> None:
    """Suppliers that supply one another, also a supplier that supplies itself."""
    said = problem(
        ("a", ("b",), None), ("b", ("a",), None), ("c", ("c",), None), ("d", ("a",), None)
    )
    assert "circle: a (line 4) > b (line 5) > a," in said
    assert "circle: c (line 6) > c," in said
    assert said.count("circle") == 2


def test_circles_that_share_a_site_are_found_one_behind_the_other() -> None:
    """And a circle of many names only the first of them."""
    said = problem(
        ("a", ("b", "c"), None), ("b", ("a",), None), ("c", ("d",), None), ("d", ("c",), None)
    )
    assert "circle: a (line 4) > b (line 5) > a," in said
    assert "circle: c (line 6) > d (line 7) > c," in said
    ring = [(f"s{n:02}", (f"s{(n + 1) % 40:02}",), None) for n in range(40)]
    assert "s09 (line 13) > 30 more > s00," in problem(*ring)


def test_a_tier_that_contradicts_the_links_is_an_error() -> None:
    """The links decide; the file must not say two things."""
    assert "contradicts the links, which make this tier 1" in problem(("a", ("company",), 2))
    said = problem(("a", ("company",), None), ("b", ("a",), 4))
    assert "which make this tier 2: it supplies a (line 4)" in said


def test_a_chain_of_two_hundred_steps_is_followed() -> None:
    """Deep chains are walked, not recursed into."""
    steps = [("s0", ("company",), None)]
    steps += [(f"s{n}", (f"s{n - 1}",), None) for n in range(1, 2_000)]
    chain = chain_of(inventory(*steps))
    assert chain.tier(site(chain, "s1999")) == 2_000
    assert len(chain.path(site(chain, "s1999"))) == 2_001


@pytest.mark.parametrize("depth", [1, 2, 18, 19, 20, 38, 39, 40, 41, 42, 3000])
@pytest.mark.parametrize("known", [True, False])
def test_a_long_way_is_shown_by_its_ends(depth: int, known: bool) -> None:
    """Of more steps than anybody reads, the first and last ones and how many are between."""
    sites = [
        Supplier(
            f"s{n}",
            f"S{n}",
            "BD",
            "textiles",
            tier=None if known or n else 3,
            supplies=(f"s{n - 1}",) if n else (COMPANY,) if known else (),
        )
        for n in range(depth)
    ]
    chain = chain_of(Inventory("chain.yaml", Buyer("Us", None, None), tuple(sites)))
    whole = ("Us", *(() if known else ("?",)), *(site.name for site in sites))
    for order in (sites, sites[::-1]):
        for site in order[:2]:
            upto = whole[: whole.index(site.name) + 1]
            assert chain.path(site) == upto
            assert chain.short_path(site) == shortened(upto)
            assert chain.path_text(site) == " > ".join(shortened(upto))
    longest = chain.short_path(sites[-1])
    assert len(longest) == min(len(whole), 41)
    if len(whole) > 40:
        assert longest[20] == f"(+{len(whole) - 40})"
        assert (longest[0], longest[-1]) == ("Us", sites[-1].name)


def test_a_stated_tier_counts_for_what_stands_behind_it() -> None:
    """Where the buyer's tier is not known, the stated one stands, and the chain goes on from it."""
    sites = (("agent", (), None), ("mill", ("agent",), 3), ("farm", ("mill",), None))
    chain = chain_of(inventory(*sites))
    tiers = {one.id: chain.tier(one) for one in chain.inventory.suppliers}
    assert tiers == {"agent": None, "mill": 3, "farm": 4}
    assert "which make this tier 4: it supplies mill" in problem(*sites[:2], ("farm", ("mill",), 2))


def test_a_chain_of_a_hundred_thousand_tiers_has_its_tiers() -> None:
    """Nothing recurses along it, in whatever order it is written."""
    number = 100_000
    sites = [(f"s{n}", (f"s{n - 1}" if n else COMPANY,), None) for n in range(number)]
    chain = chain_of(inventory(*sites[::-1]))
    assert chain.links[f"s{number - 1}"] == (number, f"s{number - 2}")


@pytest.mark.parametrize(
    ("sites", "dutch"),
    [
        (
            [("a", ("b",), None), ("b", ("a",), None)],
            "deze leveren aan elkaar in een kring: a (regel 4) > b (regel 5) > a",
        ),
        (
            [("a", ("b",), 3), ("b", ("company",), None)],
            (
                "`tier: 3` weerspreekt de koppelingen, die hier schakel 2 van maken:"
                " er wordt geleverd aan b (regel 5)"
            ),
        ),
        ([("a", ("bb",), None)], "'bb' is niet de id van een leverancier in dit bestand"),
    ],
)
def test_a_wrong_chain_is_refused_in_dutch(
    sites: list[tuple[str, tuple[str, ...], int | None]], dutch: str
) -> None:
    """What is wrong, and at which supplier."""
    with pytest.raises(InventoryError) as refused:
        chain_of(inventory(*sites))
    (problem,) = refused.value.problems
    assert Speaker("nl").tell(problem.what) == dutch
    assert Speaker("nl").tell(problem.where) == 'leverancier "A"'


def test_a_circle_of_many_says_how_many_more() -> None:
    """Ten are named, and the first once more at the end."""
    ring = [(f"s{n:04}", (f"s{(n + 1) % 1500:04}",), None) for n in range(1500)]
    assert "s0009 (line 13) > 1,490 more > s0000, in" in problem(*ring)

"""What is said of a name that stands for nothing, in the language of who wrote it."""

from __future__ import annotations

import pytest

from imvo_scan.core.matching import NotFound
from imvo_scan.evidence import Evidence
from imvo_scan.messages.speaker import Speaker
from imvo_scan.taxonomy.codes import digits_in, without_scheme
from imvo_scan.taxonomy.name_table import NameTable, choices

DUTCH = Speaker("nl")


def table_of(kind: str, evidence: Evidence) -> NameTable:
    """The table of names of a kind of thing."""
    taxonomy = evidence.taxonomy
    return {"country": taxonomy.countries, "sector": taxonomy.sectors, "good": taxonomy.goods}[kind]


@pytest.mark.parametrize(
    ("kind", "text", "what", "hint"),
    [
        (
            "country",
            "Atlantis",
            "'Atlantis' is geen land dat deze lijst kent",
            "Schrijf een naam of een ISO-code zoals BD; laat het weg als het niet bekend is.",
        ),
        (
            "country",
            "Congo",
            "'Congo' kan meer dan één land zijn",
            "Schrijf één van: CD (DR Congo), CG (Congo-Brazzaville).",
        ),
        ("country", "Bangladehs", "'Bangladehs' is geen land dat deze lijst kent", None),
        ("sector", "C", "'C' is de letter van een sectie, en die verschoven tussen edities", None),
        ("sector", "zzzz", "'zzzz' is geen sector", None),
        ("good", "cobolt", "'cobolt' is geen goed dat deze lijst kent", 'Bedoelt u "Kobalterts"?'),
    ],
)
def test_a_refusal_is_dutch_with_dutch_names(
    kind: str, text: str, what: str, hint: str | None, evidence: Evidence
) -> None:
    """Sentences and the names of countries and goods in them are in the language."""
    refusal = table_of(kind, evidence).find(text)
    assert isinstance(refusal, NotFound)
    assert DUTCH.tell(refusal.what) == what
    assert hint is None or DUTCH.tell(refusal.hint) == hint


@pytest.mark.parametrize("kind", ["country", "sector", "good"])
def test_every_kind_of_name_can_be_refused(kind: str, evidence: Evidence) -> None:
    """Each kind has its own sentences, in both languages, for nothing and for several."""
    table = table_of(kind, evidence)
    assert table.kind == kind
    key = next(keys[0] for _, keys in table.spellings())
    for keys in ((), (key,)):
        told = table.refusal("Foo's", keys).what
        assert str(told).startswith('"Foo\'s" ')
        assert DUTCH.tell(told) != str(told)


def test_a_code_of_no_list_and_a_date_are_dutch() -> None:
    """What is wrong with a code is said as well."""
    bare, dated = without_scheme("14.13"), digits_in("nace", "2013-04-14")
    assert isinstance(bare, NotFound)
    assert isinstance(dated, NotFound)
    assert DUTCH.tell(bare.what) == "'14.13' is een code, en nergens staat van welke lijst"
    assert DUTCH.tell(dated.what) == "'2013-04-14' is een datum"


def test_choices_are_cut_where_they_grow_many() -> None:
    """Six names, and how many more; of none there is nothing to say."""
    names = [f"name {n}" for n in range(1_008)]
    assert str(choices(names[:2] * 2)) == "name 0, name 1"
    assert str(choices(names)).endswith("name 5 and 1,002 more")
    assert DUTCH.tell(choices(names)).endswith("name 5 en nog 1.002")
    assert choices(()) == ""

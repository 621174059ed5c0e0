"""What is wrong with a document is said in Dutch as it is in English, whoever found it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from imvo_scan.core.errors import ImvoScanError
from imvo_scan.core.message import message
from imvo_scan.documents import strict_json, strict_yaml
from imvo_scan.documents.number_fields import Amount, Whole
from imvo_scan.documents.validation import validated
from imvo_scan.messages.speaker import Speaker

DUTCH = Speaker("nl")


class Wood(StrEnum):
    """Two words that are known."""

    OAK = "oak"
    ELM = "elm"


def refused(text: str) -> str:
    """A check of our own, which says itself what is wrong."""
    if text == "odd":
        raise ValueError(message("core.how-to-write-a-day"), message("documents.keep-one"))
    return text


class Tree(BaseModel):
    """A field of every kind."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, StringConstraints(min_length=1, max_length=1500)]
    rings: Annotated[int, Whole(1, 5000)] | None = None
    price: Annotated[str, Amount()] | None = None
    wood: Wood | None = None
    ready: bool | None = None
    code: Annotated[str, StringConstraints(pattern="^[a-z]+$")] | None = None
    odd: Annotated[str, AfterValidator(refused)] | None = None
    parts: Annotated[tuple[str, ...], Field(min_length=1)] | None = None
    height: float | None = None


def problem_of(text: str | bytes) -> str:
    """The one thing that is wrong, in Dutch."""
    raw = text if isinstance(text, bytes) else text.encode()
    with pytest.raises(ImvoScanError) as caught:
        validated(strict_yaml.load_bytes(raw, "f.yaml"), Tree)
    (problem,) = caught.value.problems
    return DUTCH.tell(problem.as_message)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("rings: 2", "f.yaml:1:1: de sleutel 'name' ontbreekt. Elke leverancier heeft een naam"),
        ("name: x\nnaem: y", "2:1: de sleutel 'naem' is niet bekend, in naem. Bedoelt u"),
        ("name: ~", "hier hoort tekst, maar hier staat niets, in name"),
        ("name: [x]", "hier hoort tekst, maar hier staat een lijst"),
        ("- x", "hier hoort een groep sleutels, maar hier staat een lijst. Schrijf `sleutel"),
        ("name: " + "x" * 1501, "deze tekst heeft meer dan 1.500 tekens, in name. Maak hem"),
        ("name: x\nrings: many", "hier hoort een geheel getal, maar hier staat 'many'"),
        ("name: x\nrings: 12.000", "'12.000' kan worden gelezen als 12 of als 12000, in rings."),
        ("name: x\nrings: 6000", "de grenzen, in rings. Schrijf een getal van hoogstens 5000."),
        ("name: x\nrings: 0", "Schrijf een getal van minstens 1."),
        ("name: x\nprice: dear", "hier hoort een bedrag, maar hier staat 'dear'"),
        ("name: x\nwood: aok", "'aok' is geen woord dat hier bekend is, in wood. Bedoelt u"),
        ("name: x\nready: maybe", "hier hoort true of false, maar hier staat 'maybe'"),
        ("name: x\ncode: A1", "'A1' kan hier niet worden gebruikt, in code. Gebruik letters,"),
        ("name: x\nodd: odd", "een datum schrijft u als YYYY-MM-DD, YYYY-MM of YYYY, in odd. Be"),
        ("name: x\nparts: []", "hier hoort minstens één item, maar hier staat een lijst"),
        ("name: x\nheight: tall", "2:9: 'tall' kan hier niet worden gebruikt, in height"),
        ("name: x\nname: y", "2:1: de sleutel 'name' staat hier twee keer. Behoud een van"),
        ("name: !!str x", "hier staat een tag"),
        ("name: *x", "de alias *x noemt geen anker dat ervoor staat"),
        ("a: 1\n---\nb: 1", "hier begint een tweede document"),
        ("name: " + "[" * 30, "meer dan 24 diep genest"),
        ("name: x\n oak: y", "dit is geen geldige YAML: een waarde met een dubbele punt kan hier"),
        ("name: 'x", "een aanhalingsteken is geopend en niet gesloten"),
        ("name: @x", "met dit teken kan geen tekst beginnen. YAML springt in met spaties"),
        ("name: [x, y\nb: 1\n", "dit is geen geldige YAML: hier hoort een komma of `]`"),
        ("name: {x: y\nb: 1]\n", "dit is geen geldige YAML: hier hoort een komma of `}`"),
        ('name: "\\y"', "het teken achter deze backslash betekent niets"),
        ("name: x\n- y", "dit is geen geldige YAML: hier hoort een sleutel"),
        ("- name\nx: y", "dit is geen geldige YAML: hier hoort een regel met een koppelteken"),
        ("name: x - y\n- z", "dit is geen geldige YAML: hier hoort een sleutel"),
        ("name: - y", "dit is geen geldige YAML: een koppelteken kan hier niet staan"),
        ("name: x\nparts", "dit is geen geldige YAML: hier hoort een dubbele punt"),
        ("name: [x,\n", "dit is geen geldige YAML: hier hoort een waarde"),
        ("{name: x}\ny\n", "dit is geen geldige YAML: dit hoort niet bij wat erboven staat"),
        ("name: %x", "met dit teken kan geen tekst beginnen"),
        ("%TAG x\n---\nname: x", "dit is geen geldige YAML. Controleer de inspringing"),
        (b"name: b\x07\n", "f.yaml:1:8: dit is geen geldige YAML: hier staat een stuurteken"),
        (b"name: \xe9\n", "de byte 0xe9 is geen UTF-8. Sla het bestand op als UTF-8."),
        (b"\xff\xfen", "dit is tekst in UTF-16 of UTF-32. Sla het op als UTF-8."),
        (b"name: \0", "een NUL-byte. Dit is geen tekstbestand"),
    ],
)  # fmt: skip
def test_a_yaml_file(text: str | bytes, problem: str) -> None:
    """Every kind of error, of the parser's, of pydantic's and of our own."""
    assert problem in problem_of(text)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"{", "dit is geen JSON vanaf regel 1, kolom 2"),
        (b'{"a": 1e999}', "dit is geen JSON: 1e999 is groter dan elk getal dat kan worden gelezen"),
        (b"[NaN]", "dit is geen JSON: NaN is geen getal"),
        (b'{"a": 1, "a": 2}', "dit is geen JSON: 'a' staat er twee keer in"),
        (b"[" * 200_000, "dit is JSON die te diep is genest om te lezen"),
        (b'"\xe9"', "dit is geen tekst in UTF-8 (byte 2)"),
    ],
)
def test_a_json_file(raw: bytes, reason: str) -> None:
    """Python's own reasons are English, and so they are not quoted."""
    with pytest.raises(strict_json.JsonError) as caught:
        strict_json.loads(raw)
    assert DUTCH.tell(caught.value.reason) == reason


def test_what_pydantic_says_in_english_is_not_said() -> None:
    """A kind of error that nobody thought of is said in one general sentence."""

    class Odd(BaseModel):
        size: complex

    document: Any = strict_yaml.load_bytes(b"size: x\n", "f.yaml")
    with pytest.raises(ImvoScanError) as caught:
        validated(document, Odd)
    assert str(caught.value) == "f.yaml:1:7: 'x' cannot be used here, in size"

"""Every report and every page says all it says in the language of the person."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from imvo_scan.chain import Report, scan
from imvo_scan.chain.roll_up import Dimension, roll_up
from imvo_scan.core.language import languages
from imvo_scan.core.site_terms import Role
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import parse_inventory
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output import Options, writer_of
from imvo_scan.output.pages.chain import Drawing
from imvo_scan.output.sections import Form
from imvo_scan.output.summary import summary
from tests.command_line import command
from tests.conftest import ROOT, TODAY

CHAIN = str(ROOT / "examples" / "chain.yaml")
OTHER = str(ROOT / "examples" / "cases" / "x08-cobalt.yaml")
DUTCH = Speaker("nl")
MILL = "  - {{id: mill{n}, name: Mill, country: BD, sector: textiles, tier: 1, workers: {w}}}\n"


def report_on(evidence: Evidence, sites: int, workers: int = 1) -> Report:
    """A report on so many mills that are alike."""
    mills = "".join(MILL.format(n=number, w=workers) for number in range(sites))
    text = f"imvo: 1\ncompany: {{name: Us}}\nsuppliers:\n{mills}"
    inventory = parse_inventory(text.encode(), "chain.yaml", evidence.taxonomy)
    return scan(inventory, evidence=evidence, today=TODAY)


class Terminal(io.StringIO):
    """A sink that a person looks at."""

    def isatty(self) -> bool:
        """Yes."""
        return True


@pytest.mark.parametrize(
    ("arguments", "dutch", "english"),
    [
        (["diff", CHAIN, OTHER], ["Wat er veranderde", "Voorheen", "locatie"], ["New", "Find"]),
        (["labels"], ["Keurmerken", "Eigenaar", "certificaat"], ["Labels", "Owner", "membership"]),
        (["labels", "SA8000"], ["Kijkt het naar", "Licentie: "], ["Does it", "Licence", "Sources"]),
        (["lookup", "BD"], ["Risico", "Bronnen", "tabellen"], ["Sources", "Licence", "tables"]),
        (["chain", CHAIN, "--by", "tier"], ["schakel", "Pad"], ["Worst", "Residual"]),
        (["steps", CHAIN], ["Ontbreekt: ", "adres niet gecontroleerd"], ["Missing", "address"]),
        (["plan", CHAIN], ["Verbeterplan", "Vertrekken komt als"], ["Leaving", "Path"]),
        (["lookup", "--good", "cobalt", "CD", "--json"], ["Kobalt"], ["is on the US"]),
        ([CHAIN, "-o", "markdown"], ["| Klasse | Na maatregelen |"], ["| Class", "open finding"]),
        ([CHAIN, "-o", "github"], ["open bevindingen hebben hier"], ["open finding"]),
        ([CHAIN, "-o", "junit"], ["vrijgesteld door", "30-06-2027"], ["waived by"]),
        (
            [CHAIN, "-o", "sarif"],
            ["Eerste stap: ", "geaccepteerd door"],
            ["First step", "accepted by"],
        ),
    ],
    ids=lambda one: " ".join(one[:1]) if isinstance(one, list) else "",
)
def test_dutch_is_said_where_dutch_is_asked_for(
    arguments: list[str], dutch: list[str], english: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Titles, heads, footers and the sentences inside the formats of other programs."""
    assert command(*arguments, "--lang", "nl") == 0
    text = capsys.readouterr().out
    assert not [one for one in dutch if one not in text]
    assert not [one for one in english if one in text]


@pytest.mark.parametrize(
    ("sites", "english", "dutch"),
    [
        (1, "1 site, ", "1 locatie, "),
        (2, "2 sites, ", "2 locaties, "),
    ],
)
def test_a_number_has_its_own_form(
    evidence: Evidence, sites: int, english: str, dutch: str
) -> None:
    """One is not several."""
    report = report_on(evidence, sites)
    assert next(summary(report, Speaker(), "1.0")).startswith(english)
    assert next(summary(report, DUTCH, "1.0")).startswith(dutch)
    assert repr(report).startswith(f"<Report on {english.removesuffix(', ')}: ")


@pytest.mark.parametrize(
    ("workers", "english", "dutch"),
    [(1, "1 worker", "1 werknemer"), (1900, "1,900 workers", "1.900 werknemers")],
)
def test_workers_are_counted_as_the_language_writes_numbers(
    evidence: Evidence, workers: int, english: str, dutch: str
) -> None:
    """Signs and plural of the language."""
    report = report_on(evidence, 1, workers)
    for speaker, wanted in ((Speaker(), english), (DUTCH, dutch)):
        sink = Terminal()
        writer_of("table")(report, sink, Options(speaker=speaker, width=150, colour=False))
        assert wanted in sink.getvalue()


def test_the_roll_up_names_what_it_adds_up_by(evidence: Evidence) -> None:
    """Every way of adding up has a name in every language."""
    report = report_on(evidence, 2)
    for language in languages():
        for by in Dimension:
            sink = io.StringIO()
            drawing = Drawing(report, Speaker(language))
            drawing.write_rollups(roll_up(report, by, language), by, Form.TEXT, sink, "1.0")
            assert "dimension." not in sink.getvalue()


@pytest.mark.parametrize("language", languages())
def test_a_role_may_be_named_in_any_language(
    language: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`plan --owner` knows each role by its key and by its name in every catalogue."""
    path = tmp_path / "chain.yaml"
    path.write_text(
        "imvo: 1\ncompany: {name: Us}\nsuppliers:\n" + MILL.format(n=1, w=1), encoding="utf-8"
    )
    for role in Role:
        for name in (role.value, Speaker(language).say(f"role.{role.value}").upper()):
            assert command("plan", str(path), "--owner", name) == 0
    assert command("plan", str(path), "--owner", "nobody") == 2
    assert "nobody" in capsys.readouterr().err

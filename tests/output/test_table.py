"""The table for people: hot spots, widths, colour, languages, hostile names."""

from __future__ import annotations

import io

import pytest

from imvo_scan.chain import Report, scan
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import Buyer
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output import Options, View, writer_of
from imvo_scan.output.summary import summary
from tests.conftest import TODAY


class Terminal(io.StringIO):
    """A sink that a person looks at."""

    def isatty(self) -> bool:
        """Yes."""
        return True


def report_on(evidence: Evidence, *sites: Supplier) -> Report:
    """A report on these sites."""
    inventory = Inventory("chain.yaml", Buyer("Us", None, None), sites)
    return scan(inventory, evidence=evidence, today=TODAY)


def shown(report: Report, out: io.StringIO | None = None, **options: object) -> str:
    """The table as text, on a pipe unless another sink is given."""
    sink = out or io.StringIO()
    writer_of("table")(report, sink, Options(**options))  # type: ignore[arg-type] # as a caller might
    return sink.getvalue()


@pytest.fixture(scope="module")
def crowd(evidence: Evidence) -> Report:
    """Nine hundred factories in one country, and one mine elsewhere."""
    factories = [
        Supplier(f"f{n:03}", f"Factory {n}", "CN", "textiles", tier=1, workers=100)
        for n in range(900)
    ]
    mine = Supplier("mine", "The mine", "CD", "mining", tier=4, workers=100)
    return report_on(evidence, *factories, mine)


def test_a_crowd_does_not_bury_the_one_mine(crowd: Report) -> None:
    """Sites that share a profile are one line, so the mine is on the first screen (METHOD 4)."""
    text = shown(crowd)
    assert "The mine" in text
    assert "worst of 900 sites, 90,000 workers" in text


def test_by_site_lists_each_finding(crowd: Report) -> None:
    """`--by site` gives a line for every finding."""
    text = shown(crowd, view=View.SITE, top=0)
    lines = [line for line in text.splitlines() if "Factory" in line or "The mine" in line]
    indicated = sum(f.priority.label != "L0" for f in crowd.findings)
    assert len(lines) == indicated


def test_the_table_ends_with_what_is_left_out(crowd: Report) -> None:
    """The cut is said, with the way to see more."""
    assert "more lines: use --top" in shown(crowd, top=3)
    assert "more lines" not in shown(crowd, everything=True)


def test_nothing_is_cut_off_where_there_is_no_terminal(evidence: Evidence) -> None:
    """A pipe gets full width, one row a line, and no colour."""
    name = "A very long name " * 20 + "END"
    text = shown(report_on(evidence, Supplier("x", name, "BD", "textiles", tier=1)), top=1)
    (line,) = [line for line in text.splitlines() if "END" in line]
    assert name in line
    assert "\x1b" not in text


@pytest.mark.parametrize("width", [40, 80, 120, 250])
def test_a_terminal_gets_lines_that_fit_its_width(crowd: Report, width: int) -> None:
    """No line is wider than the terminal."""
    text = shown(crowd, Terminal(), width=width, colour=False)
    assert max(len(line) for line in text.splitlines()) <= width


def test_colour_follows_the_switch_then_the_environment(
    crowd: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--color, then NO_COLOR, then FORCE_COLOR, then whether a person looks."""
    monkeypatch.setenv("TERM", "xterm-256color")
    assert "\x1b[" in shown(crowd, Terminal(), width=100)
    assert "\x1b[" in shown(crowd, colour=True)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in shown(crowd)
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in shown(crowd, Terminal(), width=100)
    assert "\x1b[" in shown(crowd, colour=True)


def test_a_hostile_name_is_only_text(evidence: Evidence) -> None:
    """Markup stays markup signs, and no control sign reaches the terminal."""
    name = "[/bold] =cmd|' /C calc'!A0 \x1b[2J\u202e"
    report = report_on(evidence, Supplier("x", name, "BD", "textiles", tier=1))
    for sink in (io.StringIO(), Terminal()):
        text = shown(report, sink, colour=False, width=400)
        assert "[/bold] =cmd|' /C calc'!A0 \ufffd[2J\ufffd" in text
        assert "\x1b" not in text


def test_dutch_speaks_dutch(evidence: Evidence) -> None:
    """`--lang nl` gives Dutch headers, names and sentences."""
    report = report_on(evidence, Supplier("x", "Fabriek", "BD", "textiles", tier=2))
    text = shown(report, speaker=Speaker("nl"))
    assert "Waarom" in text
    assert "Textiel en kleding" in text
    assert "van 5" in text
    assert "1 locatie, 9 bevindingen" in "\n".join(summary(report, Speaker("nl"), "1.0"))


def test_the_summary_counts_and_names(evidence: Evidence) -> None:
    """Sites, findings per class, the worst with its path, gaps, tables and program."""
    report = report_on(
        evidence,
        Supplier("x", "Mill", "BD", "textiles", tier=2, workers=50),
        Supplier("y", "Who", None, None),
    )
    lines = list(summary(report, Speaker(), "1.2.3"))
    assert lines[0].startswith("2 sites, ")
    assert lines[1] == "Waived: 0."
    assert "Us > ? > " in lines[2]
    assert "country (1 site)" in lines[3]
    assert "country and sector of the company itself (1 site)" in lines[3]
    assert "imvo-scan 1.2.3" in lines[4]
    assert report.edition.sha256 in lines[4]

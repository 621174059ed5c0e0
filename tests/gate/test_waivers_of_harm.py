"""What a waiver covers where harm is reported: one finding, as known on the day it was granted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.core.dates import last_day
from imvo_scan.core.priorities import Priority
from imvo_scan.gate import Waiver
from imvo_scan.gate.news import Known
from imvo_scan.gate.waivers import Limit
from tests.command_line import command
from tests.gate.test_news import mine

DAYS = st.lists(
    st.sampled_from(["2025", "2026", "2026-03", "2026-03-31", "2026-05-01"]), min_size=1, max_size=4
)
GRANTED = st.sampled_from([None, date(2026, 3, 31), date(2026, 12, 31)])


def harm(days: Sequence[str]) -> Known:
    """A finding of reported harm."""
    return Known(Priority.P1, 5, harm=True, incidents=tuple(days))


def waiver(pattern: str, granted: date | None, file: str | None = None) -> Waiver:
    """A waiver without an end."""
    return Waiver(pattern, "Agreed.", "Buying", None, "waivers.yaml:2", file, granted=granted)


# -- the rule ------------------------------------------------------------------------------------


@given(
    st.sampled_from(["*", "mine/*", "*/child-labour", "mi*/child-labour", "mine/child-*"]),
    GRANTED,
    DAYS,
)
def test_a_pattern_never_covers_harm(pattern: str, granted: date | None, days: list[str]) -> None:
    """Whenever it was granted; nor does one for whatever file. A prior it covers."""
    assert waiver(pattern, granted).limit_on(harm(days)) is Limit.PATTERN
    assert waiver("mine/child-labour", granted, "/a/*").limit_on(harm(days)) is Limit.PATTERN
    assert waiver(pattern, granted).limit_on(Known(Priority.P1, 5)) is None


@given(GRANTED, DAYS, st.randoms())
def test_the_day_decides_and_the_order_does_not(
    granted: date | None, days: list[str], random: object
) -> None:
    """Each day has to lie before it, whole: `2026` may be its last day."""
    limit = waiver("mine/child-labour", granted).limit_on(harm(days))
    known_then = granted is not None and all(last_day(day) <= granted for day in days)
    assert (limit is None) is known_then
    shuffled = list(days)
    random.shuffle(shuffled)  # type: ignore[attr-defined] # hypothesis gives a random.Random
    assert waiver("mine/child-labour", granted).limit_on(harm(shuffled)) is limit


@given(GRANTED, DAYS, st.sampled_from(["2024", "2026-04", "2027-01-01"]))
def test_a_further_incident_never_makes_a_waiver_cover_more(
    granted: date | None, days: list[str], further: str
) -> None:
    """Monotone: what is open stays open."""
    one = waiver("mine/child-labour", granted)
    if one.limit_on(harm(days)) is not None:
        assert one.limit_on(harm([*days, further])) is not None


# -- in a waiver file ----------------------------------------------------------------------------


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a mine where a child was found in March."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "chain.yaml").write_text(mine("2026-03-10"))
    return tmp_path


def status(*arguments: str, today: str = "2026-11-23") -> str:
    """How the finding of the harm stands."""
    code = command(
        "chain.yaml", "--no-config", "--today", today, "-o", "json=out.json", *arguments
    )  # fmt: skip
    assert code == 0
    findings = json.loads(Path("out.json").read_text())["findings"]
    (one,) = [one for one in findings if one["id"] == "mine/child-labour"]
    return str(one["status"])


def written(entry: str) -> tuple[str, str]:
    """The option that names a waiver file with this entry."""
    Path("waivers.yaml").write_text(f"waivers: [{{{entry}, reason: x, approver: y}}]\n")
    return "--waivers", "waivers.yaml"


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("entry", "standing", "why"),
    [
        ("finding: mine/child-labour, expires: never, granted: 2026-03-10", "waived", None),
        ("site: mine, risk: child-labour, expires: never, granted: 2026-04-01", "waived", None),
        ("finding: mine/child-labour, expires: never", "open", "does not say when it was"),
        ("finding: mine/*, expires: never, granted: 2026-04-01", "open", "for more than one"),
        ("site: mine, expires: never, granted: 2026-04-01", "open", "for more than one finding"),
        ("risk: child-labour, expires: never, granted: 2026-04-01", "open", "for more than one"),
        (
            "finding: mine/child-labour, expires: never, granted: 2026-03-09",
            "open",
            "granted on 2026-03-09 and does not cover the harm of 2026-03-10, so mine/child-labour",
        ),
        ("finding: mine/child-labour, expires: never, granted: 2026-11-24", "open", "not hold yet"),
        (
            "finding: mine/child-labour, expires: 2026-05-01, granted: 2026-04-01",
            "open",
            "expired on 2026-05-01",
        ),
    ],
)  # fmt: skip
def test_harm_is_waived_only_by_name_and_day(
    capsys: pytest.CaptureFixture[str], entry: str, standing: str, why: str | None
) -> None:
    """Else it is open, and a notice says why."""
    assert status(*written(entry)) == standing
    err = capsys.readouterr().err
    notices = [line for line in err.splitlines() if line.startswith("waivers.yaml:1:")]
    if why is None:
        assert notices == []
    else:
        (notice,) = notices
        assert why in notice


def test_an_incident_after_the_day_brings_the_finding_back(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One that is added later but was before that day is covered."""
    option = written("finding: mine/child-labour, expires: never, granted: 2026-04-01")
    (here / "chain.yaml").write_text(mine("2026-03-10", "2026-02"))
    assert status(*option) == "waived"
    (here / "chain.yaml").write_text(mine("2026-03-10", "2026-05"))
    capsys.readouterr()
    assert status(*option) == "open"
    assert "does not cover the harm of 2026-05, so mine/child-labour" in capsys.readouterr().err
    assert status(*option, "--lang", "nl") == "open"
    assert "verleend op 01-04-2026 en dekt de schade van" in capsys.readouterr().err


def test_a_prior_is_covered_as_ever(here: Path) -> None:
    """By pattern, and by waivers that were written before there was `granted`."""
    (here / "chain.yaml").write_text(mine())
    for entry in ("finding: mine/child-labour", "site: mine", "risk: '*-labour'"):
        assert status(*written(f"{entry}, expires: never")) == "waived"


def test_one_waiver_that_covers_is_enough(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of a pattern beside it nothing is said; the report tells the day."""
    (here / "waivers.yaml").write_text(
        "waivers:\n"
        "  - {site: mine, reason: x, approver: y, expires: never}\n"
        "  - {finding: mine/child-labour, granted: 2026-04-01, reason: x, approver: y,"
        " expires: never}\n"
    )
    assert status("--waivers", "waivers.yaml") == "waived"
    assert "does not cover" not in capsys.readouterr().err
    findings = json.loads((here / "out.json").read_text())["findings"]
    (told,) = [one["waiver"] for one in findings if one["id"] == "mine/child-labour"]
    assert told["granted"] == "2026-04-01"


def test_the_public_is_told_how_many(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And no name."""
    option = written("site: mine, expires: never")
    command("chain.yaml", "--no-config", "--today", "2026-11-23", "--audience", "public", *option)
    err = capsys.readouterr().err
    assert "Waivers that do not cover the harm that is reported: 1." in err
    assert "mine/" not in err
    assert here.exists()


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("day", ["soon", "2026", "2026-03", "2026-02-30", "20260310", "never"])
def test_a_day_that_is_none_is_refused(day: str) -> None:
    """In the file and at a supplier: exit 2, never read as no day."""
    option = written(f"finding: mine/child-labour, expires: never, granted: {day}")
    assert command("chain.yaml", "--no-config", *option) == 2
    stated = f"risk: child-labour, reason: x, approver: y, expires: never, granted: {day}"
    text = f"{mine()}    waivers: [{{{stated}}}]\n"
    Path("chain.yaml").write_text(text)
    assert command("chain.yaml", "--no-config") == 2


# -- at a supplier -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("risk", "granted", "standing"),
    [
        ("child-labour", ", granted: 2026-04-01", "waived"),
        ("child-labour", ", granted: 2026-03-01", "open"),
        ("child-labour", "", "open"),
        ("'*'", ", granted: 2026-04-01", "open"),
    ],
)
def test_a_waiver_at_a_supplier_is_held_to_the_same(
    here: Path, risk: str, granted: str, standing: str
) -> None:
    """It stands beside the incident, and covers no more for that."""
    entry = f"    waivers: [{{risk: {risk}, reason: x, approver: y, expires: never{granted}}}]\n"
    (here / "chain.yaml").write_text(mine("2026-03-10") + entry)
    assert status() == standing

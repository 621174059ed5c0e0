"""What the gate and its files have to say, in the language of who reads it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from imvo_scan.core.errors import ImvoScanError
from imvo_scan.core.risks import Risk
from imvo_scan.gate import Waiver, read_baseline, read_waivers
from imvo_scan.gate.baseline import FindingKey
from imvo_scan.gate.notices import Notice, NoticeKind, Uses, counted, notices_of, stale_notices
from imvo_scan.messages.speaker import Speaker

ENGLISH, DUTCH = Speaker(), Speaker("nl")
EXPIRED = Waiver("mill/*", "Agreed.", "Buying", date(2026, 3, 1), "waivers.yaml:3")


def of(waiver: Waiver, *sources: str, left_open: bool = False, expired: bool = False) -> Notice:
    """The notice on a waiver that matched something in these files."""
    uses = Uses()
    for source in sources:
        uses.add(0, source, is_open=left_open)
    today = date(2026, 3, 2) if expired else date(2026, 3, 1)
    (notice,) = notices_of(waiver, uses, 0, today)
    return notice


def test_days_and_sentences_of_a_waiver_are_dutch() -> None:
    """A day is written as the reader writes it, a never is a never."""
    back = of(EXPIRED, "a.yaml", left_open=True, expired=True).text
    assert DUTCH.tell(back) == (
        "waivers.yaml:3: de vrijstelling voor mill/* verliep op 01-03-2026,"
        " dus wat ze vrijstelde telt weer mee."
    )
    assert "expired on 2026-03-01, so what it waived counts again." in ENGLISH.tell(back)


@pytest.mark.parametrize(
    ("sources", "english", "dutch"),
    [
        (("a", "b"), "counts in a and b:", "telt in a en b:"),
        (("a", "b", "c"), "counts in a, b and c:", "telt in a, b en c:"),
    ],
)
def test_the_files_of_a_waiver_are_a_list(
    sources: tuple[str, ...], english: str, dutch: str
) -> None:
    """However many there are."""
    shared = of(EXPIRED, *sources)
    assert shared.kind is NoticeKind.SHARED
    assert english in ENGLISH.tell(shared.text)
    assert dutch in DUTCH.tell(shared.text)


@pytest.mark.parametrize(
    ("number", "english", "dutch"),
    [
        (1, "1 entry of the baseline is no", "1 regel van de baseline is geen"),
        (2, "2 entries of the baseline are no", "2 regels van de baseline zijn geen"),
        (1_200, "1,200 entries of the baseline", "1.200 regels van de baseline"),
    ],
)
def test_one_entry_is_and_two_are(number: int, english: str, dutch: str) -> None:
    """One of them is no plural; of many the first ten are named."""
    gone = [FindingKey("a.yaml", f"s{n}", Risk.CHILD_LABOUR) for n in range(number)]
    (notice,) = stale_notices(gone)
    assert ENGLISH.tell(notice.text).startswith(english)
    assert DUTCH.tell(notice.text).startswith(dutch)
    assert DUTCH.tell(notice.text).endswith(", ....") is (number > 10)


@pytest.mark.parametrize("kind", list(NoticeKind))
def test_every_kind_of_notice_can_be_counted(kind: NoticeKind) -> None:
    """The public is told how many, of each kind and in each language, and no name."""
    told = of(EXPIRED)._replace(kind=kind, number=1_500)
    (notice,) = counted([told, told])
    assert ENGLISH.tell(notice.text).endswith(": 3,000.")
    assert DUTCH.tell(notice.text).endswith(": 3.000.")
    assert "mill" not in DUTCH.tell(notice.text)


@pytest.mark.parametrize(
    ("text", "dutch"),
    [
        ('{"schema_version": "3"}', "dit is geen baseline van formaat 2"),
        ('{"schema_version": "1"}', "dat de bestanden van haar locaties niet noemt"),
        ('{"schema_version": "2"}', "hier hoort `files` te staan"),
        ('{"schema_version": "2", "files": {"a": {"b": {"x": {}}}}}', "a: b: 'x' is niet een van"),
        (None, "deze baseline kan niet worden gelezen: "),
    ],
)
def test_a_wrong_baseline_is_refused_in_dutch(tmp_path: Path, text: str | None, dutch: str) -> None:
    """What is wrong, and what to do."""
    path = tmp_path / "baseline.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(ImvoScanError) as refused:
        read_baseline(path)
    (problem,) = refused.value.problems
    assert dutch in DUTCH.tell(problem.as_message)
    assert "--write-baseline" in DUTCH.tell(problem.hint)


def test_a_waiver_for_nothing_is_refused_in_dutch(tmp_path: Path) -> None:
    """What a check of our own says reaches the reader in his language."""
    path = tmp_path / "waivers.yaml"
    path.write_text("waivers: [{reason: x, approver: y, expires: never}]")
    with pytest.raises(ImvoScanError) as refused:
        read_waivers(path)
    (problem,) = refused.value.problems
    assert DUTCH.tell(problem.what).startswith("deze vrijstelling zegt niet waarvoor ze is")

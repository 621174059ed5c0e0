"""The six steps for people, as text or Markdown, and as JSON for other programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from imvo_scan.core.language import in_language
from imvo_scan.core.message import Day
from imvo_scan.diligence import SixSteps, Step
from imvo_scan.evidence.measure_rows import NEVER, Reference
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections


def write_steps(
    pages: Sequence[SixSteps], speaker: Speaker, form: Form, sink: Sink, version: str
) -> None:
    """Write the six steps of every company; `version` is that of the program."""
    edition = pages[0].report.edition
    if form is Form.JSON:
        document = {"companies": [_document(page, speaker) for page in pages]}
        sink.write(as_json(document, edition, version))
        return
    parts = [section for page in pages for section in _sections(page, speaker)]
    parts.append(_others(pages[0].report.evidence.measures.references, speaker))
    write_sections(parts, tables_line(edition, version, speaker), form, sink)


def _sections(page: SixSteps, speaker: Speaker) -> Iterator[Section]:
    title = speaker.say("steps.title", name=page.inventory.company.name)
    yield Section(title, top=True)
    there, missing = speaker.say("steps.there"), speaker.say("steps.missing")
    for step in Step:
        lines = [
            f"{there if one.there else missing}: {speaker.tell(one.what)}"
            for one in page.remarks
            if one.step is step
        ]
        yield Section(f"{step.value}. {_name(step, speaker)}", tuple(lines))
    if page.covenants:
        named = tuple(
            f"{one.name} ({one.signed}, {speaker.say(f'covenant.{one.status}')})"
            for one in page.covenants
        )
        yield Section(speaker.say("steps.covenants"), named)


def _name(step: Step, speaker: Speaker) -> str:
    return speaker.say(f"step.{step.name.lower()}")


def _others(references: Sequence[Reference], speaker: Speaker) -> Section:
    """What others offer, which this program does not vouch for (T1-T3, T6)."""
    lines = (
        f"{one.name}: {in_language(one.texts, speaker.language)} {one.url} ({_tried(one, speaker)})"
        for one in references
    )
    return Section(speaker.say("steps.others"), tuple(lines), links=True)


def _tried(reference: Reference, speaker: Speaker) -> str:
    if reference.checked == NEVER:
        return speaker.say("steps.address-not-tried")
    return speaker.say("steps.address-tried", date=Day(reference.checked))


def _document(page: SixSteps, speaker: Speaker) -> dict[str, object]:
    def told(step: Step, *, there: bool) -> list[str]:
        remarks = (one for one in page.remarks if one.step is step and one.there is there)
        return [speaker.tell(one.what) for one in remarks]

    steps = [
        {
            "step": step.value,
            "name": _name(step, speaker),
            "there": told(step, there=True),
            "missing": told(step, there=False),
        }
        for step in Step
    ]
    return {"company": page.inventory.company.name, "steps": steps}

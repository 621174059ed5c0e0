"""Labels for people: what each covers and how it answers the seven questions (L1-L11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from imvo_scan.core.language import in_language
from imvo_scan.core.message import message
from imvo_scan.core.risks import RISKS
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.label_rows import ENOUGH_ANSWERS, Label
from imvo_scan.evidence.rows import Source
from imvo_scan.evidence.sources import load_sources
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.citations import cited
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

_COLUMNS = ("label", "type", "owner", "yes-of-7", "can-count")
_ANSWERS = ("question", "answer", "why", "source")


class LabelPage:
    """Labels in a form; `version` is that of the program."""

    def __init__(self, evidence: Evidence, form: Form, version: str, speaker: Speaker) -> None:
        self.evidence = evidence
        self.form = form
        self.version = version
        self.speaker = speaker
        self.say = speaker.say

    def write_all(self, sink: Sink) -> None:
        """Write all labels, a line each."""
        labels = tuple(self.evidence.labels.by_key.values())
        head = tuple(self.say(f"labels.{column}") for column in _COLUMNS)
        lines, rows = (self.say("labels.one-by-name"),), tuple(map(self._row, labels))
        section = Section(self.say("labels.title"), lines, head, rows, top=True, links=True)
        self._write(labels, [section], sink)

    def _row(self, label: Label) -> tuple[str, ...]:
        counts = self.say("reply.yes" if can_count(label) else "reply.no")
        return (label.name, self._kind(label), label.owner, str(label.yes), counts)

    def _kind(self, label: Label) -> str:
        return self.say(f"label-kind.{label.kind.value}")

    def write_one(self, label: Label, sink: Sink) -> None:
        """Write one label with its seven answers and their sources."""
        self._write([label], self._sections(label), sink)

    def _write(self, labels: Sequence[Label], parts: Iterable[Section], sink: Sink) -> None:
        edition = self.evidence.edition
        if self.form is Form.JSON:
            document = {"labels": [_document(one) for one in labels]}
            sink.write(as_json(document, edition, self.version))
            return
        write_sections(parts, tables_line(edition, self.version, self.speaker), self.form, sink)

    def _sections(self, label: Label) -> Iterator[Section]:
        rows = tuple(
            (
                self.say(f"question.{question.value}"),
                self.say(f"reply.{answer.reply.value}"),
                answer.why,
                ", ".join(answer.sources),
            )
            for question, answer in label.answers.items()
        )
        head = tuple(self.say(f"labels.{column}") for column in _ANSWERS)
        yield Section(label.name, tuple(self._about(label)), head, rows, top=True, links=True)
        sources = tuple(cited(one, self.speaker) for one in self._sources(label))
        yield Section(self.say("page.sources"), sources, links=True)

    def _about(self, label: Label) -> Iterator[str]:
        """What it is, what it covers and how it counts."""
        of = message("labels.of", kind=self._kind(label), owner=label.owner)
        if not label.active:
            of = message("labels.ended", of=of)
        yield self.say("labels.about", of=of, reach=message(f"reach.{label.reach.value}"))
        yield label.url
        names = (self.evidence.taxonomy.risks[r].short for r in RISKS if r in label.covers)
        covered = tuple(in_language(one, self.speaker.language).lower() for one in names)
        yield self.say("labels.covers", risks=covered or message("labels.covers-none"))
        yield self.say("labels.answers", n=label.yes, enough=ENOUGH_ANSWERS)
        yield self.say("labels.counts" if can_count(label) else "labels.counts-not")
        if label.note:
            yield label.note

    def _sources(self, label: Label) -> Iterator[Source]:
        every = load_sources(self.evidence.tables)
        used = [key for answer in label.answers.values() for key in answer.sources]
        for key in dict.fromkeys((*used, *label.sources)):
            yield every[key]


def can_count(label: Label) -> bool:
    """Whether a label can lower a likelihood anywhere, valid and seen (METHOD 5)."""
    enough = label.independent and label.answers_enough
    return label.active and label.of_a_site and enough and bool(label.covers)


def _document(label: Label) -> dict[str, object]:
    return {
        "key": label.key,
        "name": label.name,
        "aliases": label.aliases,
        "owner": label.owner,
        "kind": label.kind,
        "active": label.active,
        "reach": label.reach,
        "covers": label.covers,
        "answers": {question: answer._asdict() for question, answer in label.answers.items()},
        "note": label.note,
        "sources": label.sources,
        "url": label.url,
        "yes": label.yes,
        "can_count": can_count(label),
    }

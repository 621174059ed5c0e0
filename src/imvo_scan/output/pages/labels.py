"""Labels for people: what each covers and how it answers the seven questions (L1-L11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from imvo_scan.core.language import Language
from imvo_scan.core.risks import RISKS
from imvo_scan.evidence import Evidence
from imvo_scan.evidence.label_rows import ENOUGH_ANSWERS, Label, Question
from imvo_scan.evidence.rows import Source
from imvo_scan.evidence.sources import load_sources
from imvo_scan.output.interface import Sink
from imvo_scan.output.pages.explain import cited
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections

QUESTIONS = {
    Question.WHOLE_CHAIN: "Does it look at the whole chain?",
    Question.WHICH_RIGHTS: "Does it say which rights it covers?",
    Question.OTHER_STAKEHOLDERS: "Do unions, workers and NGOs have a say?",
    Question.REMEDY: "Does it see to remedy?",
    Question.HOW_OFTEN: "Is it checked often enough?",
    Question.INDEPENDENT: "Are those who check independent?",
    Question.AUDITOR_COMPETENCE: "Do auditors know labour rights?",
}


_COUNTS = (
    "Where it is valid and somebody has seen the certificate, it lowers the likelihood of these "
    "rights at that site by one step: never where harm has happened, where the good is listed, or "
    "for union freedom and discrimination in a country without union rights."
)
_COUNTS_NOT = "It lowers nothing: held, no effect."


class LabelPage:
    """Labels in a form; `version` is that of the program."""

    def __init__(self, evidence: Evidence, form: Form, version: str) -> None:
        self.evidence = evidence
        self.form = form
        self.version = version

    def write_all(self, sink: Sink) -> None:
        """Write all labels, a line each."""
        labels = tuple(self.evidence.labels.by_key.values())
        head = ("Label", "Type", "Owner", "Yes of 7", "Can count at a site")
        rows = tuple(
            (one.name, one.kind.value, one.owner, str(one.yes), "yes" if can_count(one) else "no")
            for one in labels
        )
        lines = ("imvo-scan labels NAME shows what a label covers and why.",)
        self._write(labels, [Section("Labels", lines, head, rows, top=True, links=True)], sink)

    def write_one(self, label: Label, sink: Sink) -> None:
        """Write one label with its seven answers and their sources."""
        self._write([label], self._sections(label), sink)

    def _write(self, labels: Sequence[Label], parts: Iterable[Section], sink: Sink) -> None:
        edition = self.evidence.edition
        if self.form is Form.JSON:
            document = {"labels": [_document(one) for one in labels]}
            sink.write(as_json(document, edition, self.version))
            return
        write_sections(parts, tables_line(edition, self.version), self.form, sink)

    def _sections(self, label: Label) -> Iterator[Section]:
        state = "" if label.active else " (ended)"
        risks = self.evidence.taxonomy.risks
        covered = [risks[r].short[Language.ENGLISH].lower() for r in RISKS if r in label.covers]
        lines = (
            f"{label.kind.value} of {label.owner}{state}; reaches: {label.reach.value}.",
            label.url,
            f"Risks it bears on: {', '.join(covered) or 'none'}.",
            f"Answers yes to {label.yes} of the seven questions; {ENOUGH_ANSWERS} are needed.",
            _COUNTS if can_count(label) else _COUNTS_NOT,
            *filter(None, [label.note]),
        )
        rows = tuple(
            (QUESTIONS[question], answer.reply.value, answer.why, ", ".join(answer.sources))
            for question, answer in label.answers.items()
        )
        yield Section(
            label.name, lines, ("Question", "Answer", "Why", "Source"), rows, top=True, links=True
        )
        yield Section("Sources", tuple(map(cited, self._sources(label))), links=True)

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

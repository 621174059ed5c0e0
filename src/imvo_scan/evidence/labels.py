"""Labels and audit schemes: what each covers, and its answers to seven questions (METHOD 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import normal
from imvo_scan.core.risks import Risk
from imvo_scan.documents.table_file import Place, TableFile

LABELS_TABLE = "labels.yaml"
ENOUGH_ANSWERS = 5


class Kind(StrEnum):
    """What sort of thing a label is."""

    CERTIFICATE = "certificate"
    AUDIT_SCHEME = "audit-scheme"
    MEMBERSHIP = "membership"
    REPORTING_FRAME = "reporting-frame"
    GUIDANCE = "guidance"
    QUESTIONNAIRE = "questionnaire"


AT_A_SITE = frozenset({Kind.CERTIFICATE, Kind.AUDIT_SCHEME})
"""Only these look at a site; the rest speaks of a company or of nothing that was seen."""


class Reach(StrEnum):
    """Which sites a label speaks of: the holder, also those behind it, or no site at all."""

    SITE = "site"
    CHAIN = "chain"
    COMPANY = "company"


class Reply(StrEnum):
    """An answer to one of the seven questions; only yes counts."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"
    UNKNOWN = "unknown"


class Question(StrEnum):
    """The seven questions to ask of a label (L11)."""

    WHOLE_CHAIN = "whole-chain"
    WHICH_RIGHTS = "which-rights"
    OTHER_STAKEHOLDERS = "other-stakeholders"
    REMEDY = "remedy"
    HOW_OFTEN = "how-often"
    INDEPENDENT = "independent"
    AUDITOR_COMPETENCE = "auditor-competence"


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question, with its reason and sources."""

    reply: Reply
    why: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Label:
    """One label: what it is, which of the nine rights it covers, and how it answers."""

    key: str
    name: str
    aliases: tuple[str, ...]
    owner: str
    kind: Kind
    active: bool
    reach: Reach
    covers: frozenset[Risk]
    answers: Mapping[Question, Answer]
    note: str
    sources: tuple[str, ...]
    url: str

    @property
    def yes(self) -> int:
        """How many of the seven questions it answers with yes."""
        return sum(answer.reply is Reply.YES for answer in self.answers.values())

    @property
    def independent(self) -> bool:
        """Whether those who check are independent of those who are checked."""
        return self.answers[Question.INDEPENDENT].reply is Reply.YES


@dataclass(frozen=True)
class Labels:
    """All labels that are known, by key and by every name."""

    by_key: Mapping[str, Label]
    by_name: Mapping[str, Label]

    def find(self, text: str) -> Label | None:
        """The label that a text means; None where it is not known, which is no error."""
        return self.by_name.get(normal(text))


def load_labels(directory: Folder) -> Labels:
    """Read the labels. Raises `EvidenceError` for an entry that is not whole."""
    table = TableFile(directory / LABELS_TABLE)
    by_key = {
        key: _label(table, key, table.group((key,), entry)) for key, entry in table.root.items()
    }
    by_name: dict[str, Label] = {}
    for label in by_key.values():
        for text in dict.fromkeys(map(normal, (label.key, label.name, *label.aliases))):
            other = by_name.setdefault(text, label)
            if other is not label:
                table.fail((label.key, "aliases"), f"{text!r} already means {other.key}")
    table.check()
    return Labels(by_key, by_name)


def _label(table: TableFile, key: str, entry: Mapping[str, Any]) -> Label:
    covers = table.texts((key, "covers"), entry.get("covers"))
    for risk in set(covers) - set(Risk):
        table.fail((key, "covers"), f"{risk!r} is not one of the nine risks")
    for name in ("name", "owner", "url"):
        if not entry.get(name):
            table.fail((key,), f"the label has no {name}")
    status = _one_of(table, (key, "status"), entry.get("status"), ("active", "ended"))
    return Label(
        key=key,
        name=str(entry.get("name")),
        aliases=table.texts((key, "aliases"), entry.get("aliases")),
        owner=str(entry.get("owner")),
        kind=Kind(_one_of(table, (key, "type"), entry.get("type"), tuple(Kind))),
        active=status == "active",
        reach=Reach(_one_of(table, (key, "reach"), entry.get("reach"), tuple(Reach))),
        covers=frozenset(Risk(risk) for risk in covers if risk in set(Risk)),
        answers=dict(_answers(table, key, entry)),
        note=str(entry.get("note") or ""),
        sources=table.texts((key, "sources"), entry.get("sources")),
        url=str(entry.get("url") or ""),
    )


def _answers(
    table: TableFile, key: str, entry: Mapping[str, Any]
) -> Iterator[tuple[Question, Answer]]:
    """All seven answers; one that says more than `unknown` names its source."""
    asked = table.group((key, "questions"), entry.get("questions"))
    for question in Question:
        here = (key, "questions", question.value)
        said = table.group(here, asked.get(question.value))
        reply = Reply(_one_of(table, (*here, "answer"), said.get("answer"), tuple(Reply)))
        sources = table.texts((*here, "sources"), said.get("sources"))
        if not said.get("why"):
            table.fail(here, "this answer has no reason")
        if reply is not Reply.UNKNOWN and not sources:
            table.fail(here, "this answer names no source", "Name one, or answer `unknown`.")
        yield question, Answer(reply, str(said.get("why") or ""), sources)


def _one_of(table: TableFile, place: Place, value: Any, known: tuple[str, ...]) -> str:
    if value in known:
        return str(value)
    table.fail(place, f"{value!r} is not known here", "Known: " + ", ".join(known) + ".")
    return known[-1]

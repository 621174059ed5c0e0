"""The rows of labels.yaml, apart from others because most commands read no labels."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from imvo_scan.core.message import message
from imvo_scan.core.risks import Risk
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.row_types import Called, Key


class LabelKind(StrEnum):
    """What sort of thing a label is."""

    CERTIFICATE = "certificate"
    AUDIT_SCHEME = "audit-scheme"
    MEMBERSHIP = "membership"
    REPORTING_FRAME = "reporting-frame"
    GUIDANCE = "guidance"
    QUESTIONNAIRE = "questionnaire"


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


class Answer(NamedTuple):
    """The answer to one question, with its reason and sources."""

    reply: Annotated[Reply, Called("answer")]
    why: str
    sources: tuple[str, ...] = ()

    def fault(self) -> Fault | None:
        """An answer that says more than `unknown` names its source."""
        if self.sources or self.reply is Reply.UNKNOWN:
            return None
        what, hint = message("evidence.answer-unsourced"), message("evidence.source-an-answer")
        return Fault((), what, hint)


_AT_A_SITE = frozenset({LabelKind.CERTIFICATE, LabelKind.AUDIT_SCHEME})
ENOUGH_ANSWERS = 5


class Label(NamedTuple):
    """One label: what it is, which of the nine rights it covers, and how it answers."""

    key: Key
    name: str
    owner: str
    kind: Annotated[LabelKind, Called("type")]
    status: Literal["active", "ended"]
    reach: Reach
    answers: Annotated[Mapping[Question, Answer], Called("questions")]
    url: str
    covers: frozenset[Risk] = frozenset()
    aliases: tuple[str, ...] = ()
    note: str = ""
    sources: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        """Whether it is still given out."""
        return self.status == "active"

    @property
    def of_a_site(self) -> bool:
        """Whether it looks at a site; others speak of a company, or of nothing that was seen."""
        return self.kind in _AT_A_SITE and self.reach is not Reach.COMPANY

    @property
    def of_its_chain(self) -> bool:
        """Whether it also speaks of the sites behind its holder."""
        return self.reach is Reach.CHAIN

    @property
    def yes(self) -> int:
        """How many of the seven questions it answers with yes."""
        return sum(answer.reply is Reply.YES for answer in self.answers.values())

    @property
    def answers_enough(self) -> bool:
        """Whether it answers with yes often enough to count (METHOD 5)."""
        return self.yes >= ENOUGH_ANSWERS

    @property
    def independent(self) -> bool:
        """Whether those who check are independent of those who are checked."""
        return self.answers[Question.INDEPENDENT].reply is Reply.YES

"""The words everything else speaks: risks, levels, and what a problem in a file looks like.

Nothing here knows about files, tables or terminals, and nothing here imports from the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum, StrEnum


class Risk(StrEnum):
    """The nine core IMVO risks, in the order of METHOD 1."""

    HUMAN_RIGHTS = "human-rights"
    FORCED_LABOUR = "forced-labour"
    CHILD_LABOUR = "child-labour"
    DISCRIMINATION = "discrimination"
    LIVING_WAGE = "living-wage"
    UNSAFE_WORK = "unsafe-work"
    EXCESSIVE_HOURS = "excessive-hours"
    JOB_INSECURITY = "job-insecurity"
    FREEDOM_OF_ASSOCIATION = "freedom-of-association"


RISKS: tuple[Risk, ...] = tuple(Risk)


class Priority(IntEnum):
    """The class of a finding (METHOD 4). A lower number is more urgent; P0 does not exist.

    `NOT_INDICATED` is likelihood 0: no class, listed only when everything is asked for.
    """

    P1 = 1
    P2 = 2
    P3 = 3
    P4 = 4
    NOT_INDICATED = 9

    @property
    def label(self) -> str:
        """What people read: `P1` ... `P4`, or `L0` where the risk is not indicated."""
        return "L0" if self is Priority.NOT_INDICATED else self.name

    def at_least(self, threshold: Priority) -> bool:
        """Whether this class is as urgent as `threshold`, or more."""
        return self is not Priority.NOT_INDICATED and self <= threshold


CLASSES: tuple[Priority, ...] = (Priority.P1, Priority.P2, Priority.P3, Priority.P4)


class Confidence(StrEnum):
    """How well a finding is known, apart from everything else (METHOD 6)."""

    SITE_VOICE = "A"
    SITE_AUDIT = "B"
    PRIOR = "C"
    PRIOR_WITH_GAPS = "D"


class Flag(StrEnum):
    """Circumstances at a site that make every risk likelier (METHOD 3)."""

    AGENCY_LABOUR = "agency-labour"
    HOME_WORK = "home-work"
    RUSH_ORDERS = "rush-orders"
    NO_INDEPENDENT_UNION = "no-independent-union"


class SourceType(StrEnum):
    """Who says so: the kind of source behind a site's evidence or incident."""

    UNION = "union"
    WORKER_INTERVIEW = "worker-interview"
    GRIEVANCE = "grievance"
    AUDIT = "audit"
    NGO = "ngo"
    MEDIA = "media"
    GOVERNMENT = "government"
    COMPANY = "company"
    QUESTIONNAIRE = "questionnaire"


class Involvement(StrEnum):
    """How the company is involved in an impact (UNGP 13, 19; METHOD 5)."""

    CAUSE = "cause"
    CONTRIBUTE = "contribute"
    LINKED = "linked"


class Proof(StrEnum):
    """What shows that a site holds a label."""

    CERTIFICATE = "certificate"
    REGISTER = "register"
    SELF_DECLARED = "self-declared"


class DialogueState(StrEnum):
    """The cycle of social dialogue; after the last comes the first again (SD1)."""

    DISCUSS = "discuss"
    AGREEMENT = "agreement"
    IMPLEMENT = "implement"
    EVALUATE = "evaluate"


class ActionStatus(StrEnum):
    """How far an action is."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"


class Role(StrEnum):
    """Who acts: a role, never a person's name."""

    MANAGEMENT = "management"
    BUYING = "buying"
    CSR = "csr"
    HR = "hr"
    SITE = "site"
    LEGAL = "legal"


class Basis(StrEnum):
    """What a rating in a table rests on (METHOD 7)."""

    INDICATOR = "indicator"
    STATED = "stated"
    JUDGEMENT = "judgement"


class Language(StrEnum):
    """The languages of the vocabulary and the headers."""

    ENGLISH = "en"
    DUTCH = "nl"


class Exit(IntEnum):
    """Exit codes of the command line. 2 outranks 1."""

    OK = 0
    FINDINGS = 1
    FAILED = 2


class Unknown(Enum):
    """The one value that says "no rating": it ranks as 4 and is never low (METHOD 3)."""

    UNKNOWN = "unknown"

    def __str__(self) -> str:
        """Shown as `?`."""
        return "?"


UNKNOWN = Unknown.UNKNOWN


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a file: where, what, and what would be right.

    `line` and `column` count from 1; 0 means the whole file. `where` is the place in the
    document as a person would say it: `suppliers[3] "Foo Ltd" > country`.
    """

    file: str
    line: int
    column: int
    what: str
    where: str = ""
    hint: str = ""

    def __str__(self) -> str:
        """`file:line:column: what, where: hint` on one line."""
        place = self.file
        if self.line:
            place += f":{self.line}:{self.column}"
        text = f"{place}: {self.what}"
        if self.where:
            text += f", in {self.where}"
        if self.hint:
            text += f". {self.hint}"
        return text


class ImvoScanError(Exception):
    """Base of the errors a person can do something about. Carries every problem found."""

    def __init__(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        """Keep all problems; the message is one line for each."""
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class InventoryError(ImvoScanError):
    """An inventory could not be read or is not valid."""


class EvidenceError(ImvoScanError):
    """A table in `data/` could not be read or is not valid."""


class UsageError(ImvoScanError):
    """The command was asked for something it cannot do."""

    @classmethod
    def of(cls, what: str, hint: str = "") -> UsageError:
        """A usage error with one problem, about no file in particular."""
        return cls([Problem("imvo-scan", 0, 0, what, hint=hint)])

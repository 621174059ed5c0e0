"""What may be said of a site and of what is done there: the choices of an inventory."""

from __future__ import annotations

from enum import StrEnum


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


class HarmStatus(StrEnum):
    """How sure reported harm is, the gravest first (METHOD 3)."""

    CONFIRMED = "confirmed"
    ALLEGED = "alleged"
    REMEDIED = "remedied"


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

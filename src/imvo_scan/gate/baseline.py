"""The baseline: the findings that were there when the gate was built, by file, site and risk.

A finding is known until there is news of it (`gate.news`): a worse class or L, harm that is
reported, a further incident. Lines are not in a baseline, so a moved or reordered supplier stays
known. Files are named from the folder of the baseline itself: it is kept beside what it is about
and moves with it, so the names hold in every working directory, and for any part of the files.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from imvo_scan.chain import Report
from imvo_scan.core.dates import first_day
from imvo_scan.core.errors import Problem, UsageError
from imvo_scan.core.file_bytes import file_bytes
from imvo_scan.core.file_names import STANDARD_INPUT, relative
from imvo_scan.core.message import Text, message
from imvo_scan.core.os_reason import reason_of
from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.core.risks import Risk
from imvo_scan.core.sanitise import json_text
from imvo_scan.core.version import METHOD
from imvo_scan.documents import strict_json
from imvo_scan.gate.news import Known, known_of, news_of

SCHEMA_VERSION = "2"
_OLDER = ("1",)
_LABELS = {priority.label: priority for priority in CLASSES}
_RISKS = {risk.value: risk for risk in Risk}

_LEVELS = range(1, 6)

KnownByRisk: TypeAlias = Mapping[Risk, Known]


class SiteKey(NamedTuple):
    """A site among those of all files; `file` counts from the folder of the baseline."""

    file: str
    site: str


class FindingKey(NamedTuple):
    """A finding among those of all files: what tells it from every other."""

    file: str
    site: str
    risk: Risk

    def named(self, *, with_file: bool) -> str:
        """`site/risk`, after its file where there are several."""
        identifier = f"{self.site}/{self.risk}"
        return f"{self.file}: {identifier}" if with_file else identifier


@dataclass(frozen=True, slots=True)
class Baseline:
    """Known findings of each site, by risk. `folder` is where the file stands."""

    folder: Path
    sites: Mapping[SiteKey, KnownByRisk]

    def of(self, key: SiteKey) -> KnownByRisk:
        """What is known of a site."""
        return self.sites.get(key, {})

    @property
    def findings(self) -> dict[FindingKey, Known]:
        """Every finding, with what is known of it."""
        return {
            FindingKey(*site, risk): known
            for site, by_risk in self.sites.items()
            for risk, known in by_risk.items()
        }

    @property
    def files(self) -> frozenset[str]:
        """The files it speaks of."""
        return frozenset(key.file for key in self.sites)

    def names_of(self, report: Report) -> dict[str, str]:
        """What it calls the files of a report, by their source."""
        return {one.source: relative(one.source, self.folder) for one in report.inventories}

    def only(self, wanted: Callable[[str], bool]) -> Baseline:
        """What it holds of some files."""
        sites = {key: by_risk for key, by_risk in self.sites.items() if wanted(key.file)}
        return Baseline(self.folder, sites)

    def exists(self, file: str) -> bool:
        """Whether a file it names is still there; of standard input that cannot be asked."""
        return file == STANDARD_INPUT or (self.folder / file).exists()


@dataclass(frozen=True, slots=True)
class Accepted:
    """What a new baseline accepts that the old one did not, and what it drops."""

    added: tuple[FindingKey, ...]
    dropped: tuple[FindingKey, ...]


def baseline_of(
    report: Report,
    folder: Path,
    left_out: Callable[[int, Risk], bool] = lambda _place, _risk: False,
) -> Baseline:
    """The findings of a report that have a class, but for those left out, by place and risk.

    What is waived is left out: it has to come back when the waiver ends.
    """
    empty = Baseline(folder, {})
    names = empty.names_of(report)
    sites = {
        SiteKey(names[site.at.source], site.supplier.id): {
            one.risk: known_of(one, site.supplier.facts)
            for one in site.assessments
            if one.priority is not Priority.NOT_INDICATED and not left_out(site.place, one.risk)
        }
        for site in report.sites
    }
    return Baseline(folder, {key: by_risk for key, by_risk in sites.items() if by_risk})


def renewed(new: Baseline, old: Baseline, scanned: frozenset[str]) -> Baseline:
    """A new baseline with what the old one holds of files that exist and were not scanned.

    So writing one after a scan of some of the files takes nothing from the others.
    """
    outside = old.only(lambda file: file not in scanned and old.exists(file))
    return Baseline(new.folder, {**outside.sites, **new.sites})


def compared(new: Baseline, old: Baseline) -> Accepted:
    """What changes when a baseline is written anew."""
    before, after = old.findings, new.findings
    added = [key for key, known in after.items() if news_of(before.get(key), known)]
    return Accepted(tuple(sorted(added)), tuple(sorted(before.keys() - after.keys())))


def stale(baseline: Baseline, report: Report) -> Iterator[FindingKey]:
    """What a baseline still holds of the files that were scanned and is no finding any more."""
    scanned = frozenset(baseline.names_of(report).values())
    held = baseline.only(scanned.__contains__).findings
    yield from sorted(held.keys() - baseline_of(report, baseline.folder).findings.keys())


def render_baseline(baseline: Baseline, report: Report, version: str) -> str:
    """The text of a baseline file, a line a finding; `version` is that of the program."""
    files: dict[str, dict[str, dict[str, str]]] = {}
    for (file, site), by_risk in sorted(baseline.sites.items()):
        files.setdefault(file, {})[site] = {
            risk.value: json_text(_entry_of(known)) for risk, known in sorted(by_risk.items())
        }
    parts = {
        "schema_version": json_text(SCHEMA_VERSION),
        "tool": json_text({"name": "imvo-scan", "version": version}),
        "method": json_text(METHOD),
        "tables": json_text(report.edition.described),
        "files": _braced(
            {
                file: _braced({site: _braced(one, 3) for site, one in sites.items()}, 2)
                for file, sites in files.items()
            },
            1,
        ),
    }
    return _braced(parts, 0) + "\n"


def _entry_of(known: Known) -> dict[str, Any]:
    return {
        "class": known.priority.label,
        "likelihood": known.likelihood,
        "harm": known.harm,
        "incidents": known.incidents,
    }


def _braced(parts: Mapping[str, str], depth: int) -> str:
    """A JSON object at a depth, a line for each of its values, which are JSON already."""
    indent = "\n" + " " * depth
    lines = (f"{json_text(key)}: {text}" for key, text in parts.items())
    return f"{{{indent} " + f",{indent} ".join(lines) + f"{indent}}}" if parts else "{}"


def read_baseline(path: Path) -> Baseline:
    """A baseline from its file. Raises `UsageError` where it is missing, malformed or older."""
    document = _document(path)
    version = document.get("schema_version")
    if version in _OLDER:
        raise _older(path, message("gate.baseline-older", version=version))
    if version != SCHEMA_VERSION:
        raise _wrong(path, message("gate.no-baseline", version=SCHEMA_VERSION))
    return Baseline(Path(os.path.realpath(path)).parent, dict(_sites(path, document)))


def read_replaced(path: Path) -> Baseline:
    """The baseline that a new one takes the place of; of none, or of an older format, nothing.

    Raises `UsageError` where what stands there is no baseline: it is not overwritten.
    """
    nothing = Baseline(Path(os.path.realpath(path)).parent, {})
    if not path.exists():
        return nothing
    try:
        return read_baseline(path)
    except OlderBaselineError:
        return nothing


def _document(path: Path) -> Mapping[str, Any]:
    try:
        document = strict_json.loads(file_bytes(path))
    except OSError as error:
        raise _wrong(path, message("gate.baseline-unreadable", why=reason_of(error))) from None
    except strict_json.JsonError as error:
        raise _wrong(path, error.args[0]) from None
    if not isinstance(document, dict):
        raise _wrong(path, message("gate.baseline-without-keys"))
    return document


def _sites(path: Path, document: Mapping[str, Any]) -> Iterator[tuple[SiteKey, KnownByRisk]]:
    files = document.get("files")
    if not isinstance(files, dict):
        raise _wrong(path, message("gate.baseline-without-files"))
    for file, sites in files.items():
        for site, entries in _object(path, file, sites).items():
            key = SiteKey(file, site)
            yield key, dict(_known_of(path, key, entries))


def _known_of(path: Path, key: SiteKey, entries: Any) -> Iterator[tuple[Risk, Known]]:
    where = f"{key.file}: {key.site}"
    for risk, entry in _object(path, where, entries).items():
        if risk not in _RISKS:
            raise _wrong(path, message("gate.baseline-no-risk", where=where, risk=repr(risk)))
        at = f"{where}/{risk}"
        yield _RISKS[risk], _known(path, at, _object(path, at, entry))


def _known(path: Path, at: str, entry: Mapping[str, Any]) -> Known:
    """What an entry knows. One without all of it would pass news unseen, so it is refused."""
    label = entry.get("class")
    if not isinstance(label, str) or label not in _LABELS:
        raise _wrong(path, message("gate.baseline-no-class", where=at, label=repr(label)))
    if missing := [name for name in _ENTRY if name not in entry]:
        raise _older(path, message("gate.baseline-knows-less", where=at, keys=tuple(missing)))
    for name, holds in _ENTRY.items():
        if not holds(entry[name]):
            text = json_text(entry[name])
            raise _wrong(path, message("gate.baseline-no-value", where=at, key=name, text=text))
    incidents = tuple(sorted(entry["incidents"]))
    return Known(_LABELS[label], entry["likelihood"], entry["harm"], incidents)


def _are_days(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_day, value))


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(first_day(value))
    except ValueError:
        return False


_ENTRY: Mapping[str, Callable[[Any], bool]] = {
    "likelihood": lambda value: type(value) is int and value in _LEVELS,
    "harm": lambda value: isinstance(value, bool),
    "incidents": _are_days,
}
"""What an entry holds besides the class, and whether a value can stand there."""


def _object(path: Path, where: str, value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise _wrong(path, message("gate.baseline-no-object", where=where))
    return value


def _wrong(path: Path, what: Text) -> UsageError:
    hint = message("gate.mend-baseline")
    return UsageError([Problem(str(path), 0, 0, what, hint=hint)])


class OlderBaselineError(UsageError):
    """A baseline that was written when less was kept: it can be replaced, and not be relied on."""


def _older(path: Path, what: Text) -> OlderBaselineError:
    hint = message("gate.write-baseline-anew", path=str(path))
    return OlderBaselineError([Problem(str(path), 0, 0, what, hint=hint)])


def json_schema() -> dict[str, Any]:
    """The JSON Schema of a baseline file."""
    entry = {
        "type": "object",
        "required": ["class", *_ENTRY],
        "properties": {
            "class": {"enum": list(_LABELS)},
            "likelihood": {"type": "integer", "minimum": _LEVELS[0], "maximum": _LEVELS[-1]},
            "harm": {"type": "boolean"},
            "incidents": {
                "description": "The day of each report of harm, as written.",
                "type": "array",
                "items": {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"},
            },
        },
    }
    site = {
        "type": "object",
        "propertyNames": {"enum": list(_RISKS)},
        "additionalProperties": entry,
    }
    file = {"type": "object", "additionalProperties": site}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "imvo-scan baseline",
        "type": "object",
        "required": ["schema_version", "files"],
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "tool": {"type": "object"},
            "method": {"type": "integer"},
            "tables": {"type": "object"},
            "files": {"type": "object", "additionalProperties": file},
        },
    }

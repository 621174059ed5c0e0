"""JSON: the whole report in a frozen structure of its own, version 1; see `schema report`.

Written piece by piece, so that a hundred thousand sites need no second copy in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from imvo_scan.chain import Report, Site
from imvo_scan.chain.leverage import joint_leverage
from imvo_scan.core.file_names import shown
from imvo_scan.core.levels import Unknown
from imvo_scan.core.priorities import CLASSES, Priority
from imvo_scan.core.sanitise import json_text
from imvo_scan.core.site_terms import HarmStatus
from imvo_scan.core.version import __version__
from imvo_scan.diligence.harm import ReportedHarm, status_of
from imvo_scan.gate import Standing, Status
from imvo_scan.gate.news import days_of_harm
from imvo_scan.history.diff import profile_hash
from imvo_scan.messages.findings import Wording
from imvo_scan.output.findings import fingerprint
from imvo_scan.output.interface import Options, Sink
from imvo_scan.output.interface import shown as to_show
from imvo_scan.scoring import Assessment

SCHEMA_VERSION = "1"


def write_json(report: Report, sink: Sink, options: Options) -> None:
    """Write the report: head, sites, findings."""
    head = json_text(_head(report, options), indent=1)
    sink.write(head.removesuffix("\n}"))
    _list(sink, "sites", (_site(site, report) for site in report.sites))
    wording = Wording(report.evidence.taxonomy, options.speaker)
    findings = (
        _finding(site, one, options.verdict.of(site.place, one.risk), wording)
        for site, one in to_show(report, options)
    )
    _list(sink, "findings", findings)
    sink.write("\n}\n")


def _list(sink: Sink, name: str, items: Iterable[dict[str, Any]]) -> None:
    sink.write(f',\n "{name}": [')
    for number, item in enumerate(items):
        sink.write(f"{',' if number else ''}\n  {json_text(item)}")
    sink.write("\n ]")


def _head(report: Report, options: Options) -> dict[str, Any]:
    edition = report.edition
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "imvo-scan", "version": __version__},
        "tables": edition.described,
        "date": report.today.isoformat(),
        "inventories": [
            {
                "file": shown(one.source),
                "company": one.company.name,
                "suppliers": len(one.suppliers),
            }
            for one in report.inventories
        ],
        "summary": _summary(report, options),
    }


def _summary(report: Report, options: Options) -> dict[str, Any]:
    verdict, worst = options.verdict, report.worst
    return {
        "sites": len(report.sites),
        "findings": _counts(report.counts),
        "residual": _counts(report.residual_counts),
        "open": _counts(verdict.open_counts(report)),
        "not_indicated": report.counts[Priority.NOT_INDICATED],
        "waived": verdict.number_of(Status.WAIVED),
        "baseline": verdict.number_of(Status.BASELINE) if verdict.has_baseline else None,
        "harm": _harm(report),
        "worst": {"id": worst.id, "path": worst.site.short_path},
        "gaps": report.gaps,
        "blind_spots": [site.supplier.id for site in report.blind_spots],
    }


def _harm(report: Report) -> dict[str, Any]:
    harm = ReportedHarm(report)
    worst = harm.findings[0] if harm.findings else None
    return {
        "reported": len(harm.findings),
        **{status.value: harm.counts[status] for status in HarmStatus},
        "worst": worst and {"id": worst.id, "path": worst.site.short_path},
    }


def _counts(counts: dict[Priority, int]) -> dict[str, int]:
    return {priority.label: counts[priority] for priority in CLASSES}


def _site(site: Site, report: Report) -> dict[str, Any]:
    it = site.supplier
    return {
        "id": it.id,
        "name": it.name,
        "file": shown(site.at.source),
        "line": it.line,
        "country": it.country,
        "sector": it.sector,
        "goods_sector": it.goods_sector,
        "goods": it.goods,
        "tier": site.tier,
        "path": site.short_path,
        "workers": it.workers,
        "spend": it.spend,
        "joint_leverage": joint_leverage(site.supplier, site.at, report.joined),
        "profile": profile_hash(it),
    }


def _finding(site: Site, one: Assessment, standing: Standing, wording: Wording) -> dict[str, Any]:
    identifier = f"{site.supplier.id}/{one.risk}"
    return {
        "id": identifier,
        "fingerprint": fingerprint(site.at.source, identifier),
        "file": shown(site.at.source),
        "site": site.supplier.id,
        "risk": one.risk.value,
        "priority": one.priority.label,
        "residual": one.residual.label,
        "residual_reason": wording.residual(one) or None,
        "vector": one.vector,
        "severity": one.severity,
        "scale": one.scale,
        "scope": one.scope.level,
        "scope_assumed": one.scope.assumed,
        "irremediability": one.irremediability,
        "likelihood": one.likelihood.level,
        "residual_likelihood": one.residual_likelihood,
        "country_rating": _known(one.likelihood.country_rating),
        "sector_rating": _known(one.likelihood.sector_rating),
        "actual": one.actual,
        "harm": status_of(one, site.supplier.facts),
        "incidents": days_of_harm(one, site.supplier.facts),
        "aggravated": bool(one.aggravations),
        "involvement": one.involvement.value,
        "confidence": one.confidence.value,
        "reason": wording.reason(one, site.supplier),
        "recommendation": wording.recommendation(one),
        "norms": wording.taxonomy.risks[one.risk].norms,
        "status": standing.status.value,
        "waiver": _waiver(standing),
    }


def _known(rating: object) -> object:
    return None if isinstance(rating, Unknown) else rating


def _waiver(standing: Standing) -> dict[str, str | None] | None:
    waiver = standing.waiver
    if waiver is None:
        return None
    return {
        "reason": waiver.reason,
        "approver": waiver.approver,
        "granted": None if waiver.granted is None else waiver.granted.isoformat(),
        "expires": waiver.until,
        "where": waiver.where,
    }

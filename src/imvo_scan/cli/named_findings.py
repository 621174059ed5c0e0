"""The findings that a person means by `SITE` or `SITE/RISK`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from imvo_scan.core.errors import UsageError
from imvo_scan.core.message import message
from imvo_scan.core.risks import RISKS, Risk

if TYPE_CHECKING:
    from imvo_scan.chain import Finding, Report


def findings_named(report: Report, name: str) -> list[Finding]:
    """The findings of all sites and risks that are meant, worst first. Raises `UsageError`."""
    from imvo_scan.core.matching import did_you_mean, known, sentences

    site, _, risk = name.partition("/")
    ids = {one.supplier.id for one in report.sites}
    if site not in ids:
        raise UsageError.of(message("cli.no-site", name=site), did_you_mean(site, ids))
    if risk and risk not in set(RISKS):
        hint = sentences(did_you_mean(risk, RISKS), known(RISKS))
        raise UsageError.of(message("cli.no-risk", name=risk), hint)
    return [
        finding
        for finding in report.findings
        if finding.site.supplier.id == site and (not risk or finding.risk is Risk(risk))
    ]

"""The chain as a tree for people, and its roll-ups as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from imvo_scan.chain import Finding, Report
from imvo_scan.chain.roll_up import UNKNOWN_KEY, Dimension, Rollup
from imvo_scan.core.language import Language
from imvo_scan.core.priorities import CLASSES
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.console import console_for, plain
from imvo_scan.output.formats.table import STYLES
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections
from imvo_scan.report.chain_tree import Node, Tree

MOST_GUIDES = 16
_SAID: dict[Language, dict[str, str]] = {
    Language.ENGLISH: {
        "residual": "residual {label}",
        "behind": "behind it {label} {risk}",
        "again": "what stands behind it is drawn above",
        "beyond": "chain unknown beyond here",
        "unknown": "Whom these supply is not known",
        "left_out": "{n} more: use --top 0 for all",
        "company": "{label} {risk}: {path}",
        "head": "What|Sites|P1|P2|P3|P4|Worst|Residual|Path",
        "title": "Findings by {by}",
        "supplier": "supplier with all behind it",
        "tier": "tier",
        "country": "country",
        "sector": "sector",
        "good": "good",
        "risk": "risk",
    },
    Language.DUTCH: {
        "residual": "rest {label}",
        "behind": "erachter {label} {risk}",
        "again": "wat erachter zit staat hierboven",
        "beyond": "keten hierna onbekend",
        "unknown": "Aan wie deze leveren is niet bekend",
        "left_out": "nog {n}: gebruik --top 0 voor alles",
        "company": "{label} {risk}: {path}",
        "head": "Wat|Locaties|P1|P2|P3|P4|Ergste|Rest|Pad",
        "title": "Bevindingen per {by}",
        "supplier": "leverancier met alles erachter",
        "tier": "schakel",
        "country": "land",
        "sector": "sector",
        "good": "goed",
        "risk": "risico",
    },
}


class Drawing:
    """Draws the trees of a report in one language."""

    def __init__(self, report: Report, language: Language) -> None:
        self.report = report
        self.wording = Wording(report.evidence.taxonomy, Speaker(language))
        self.said = _SAID[language]
        self.blind = {site.at for site in report.blind_spots}

    def write(self, sink: Sink, version: str, *, depth: int | None, most: int | None) -> None:
        """Draw the chain of each inventory, its worst finding and path above it.

        `version` is that of the program.
        """
        console = console_for(sink)
        for chain in dict.fromkeys(site.chain for site in self.report.sites):
            tree = Tree(self.report, chain)
            worst = min(tree.own.values(), key=lambda found: found[0])[1]
            console.print(plain(chain.inventory.company.name, "bold"))
            path = " > ".join(worst.site.short_path)
            values = {"label": worst.priority.label, "risk": self._risk(worst), "path": path}
            console.print(plain(self.said["company"].format(**values), "dim"))
            for node in tree.nodes(depth=depth, most=most):
                console.print(self._line(node, tree), soft_wrap=not console.is_terminal)
            console.print()
        console.print(plain(tables_line(self.report.edition, version), "dim"))

    def _line(self, node: Node, tree: Tree) -> Any:
        from rich.text import Text

        line = Text(_guides(node.last), style="dim")
        if node.site is None:
            key = "left_out" if node.left_out else "unknown"
            return line.append_text(plain(self.said[key].format(n=node.left_out), "dim"))
        site, own = node.site, tree.own[node.site.supplier.id][1]
        taxonomy = self.wording.taxonomy
        country = taxonomy.country_name(site.supplier.country, self.wording.language)
        line.append_text(plain(own.priority.label, STYLES[own.priority])).append(" ")
        line.append_text(plain(site.supplier.name, "bold"))
        line.append_text(plain(f" · {country} · {self._risk(own)}"))
        for remark in self._remarks(node, own):
            line.append_text(plain(f" · {remark}", "dim"))
        return line

    def _remarks(self, node: Node, own: Finding) -> list[str]:
        remarks = []
        if own.assessment.residual is not own.priority:
            remarks.append(self.said["residual"].format(label=own.assessment.residual.label))
        if node.behind is not None and node.behind.assessment.rank < own.assessment.rank:
            label, risk = node.behind.priority.label, self._risk(node.behind)
            remarks.append(self.said["behind"].format(label=label, risk=risk))
        if node.again:
            remarks.append(self.said["again"])
        if node.site is not None and node.site.at in self.blind:
            remarks.append(self.said["beyond"])
        return remarks

    def _risk(self, finding: Finding) -> str:
        return self.wording.risk(finding.risk, short=True).lower()

    # -- roll-ups ------------------------------------------------------------------------------

    def write_rollups(
        self, rollups: Sequence[Rollup], by: Dimension, form: Form, sink: Sink, version: str
    ) -> None:
        """Write roll-ups as a table or as JSON; `version` is that of the program."""
        edition = self.report.edition
        if form is Form.JSON:
            document = {"by": by.value, "rollups": [_document(one) for one in rollups]}
            sink.write(as_json(document, edition, version))
            return
        title = self.said["title"].format(by=self.said[by.value])
        head = tuple(self.said["head"].split("|"))
        section = Section(title, (), head, tuple(map(self._row, rollups)), top=True)
        write_sections([section], tables_line(edition, version), form, sink)

    def _row(self, one: Rollup) -> tuple[str, ...]:
        worst = f"{one.worst.priority.label} {self._risk(one.worst)}"
        counts = (str(one.counts.get(priority, 0)) for priority in CLASSES)
        residual, path = one.worst.assessment.residual.label, " > ".join(one.path)
        return (one.name, str(one.sites), *counts, worst, residual, path)


def _guides(last: tuple[bool, ...]) -> str:
    """The lines before a branch; of a deep one only the nearest, with the depth as a number."""
    above = "".join("   " if ended else "│  " for ended in last[:-1][-MOST_GUIDES:])
    cut = len(last) - 1 - MOST_GUIDES
    prefix = f"⋯{len(last)} " if cut > 0 else ""
    return f"{prefix}{above}{'└─ ' if last[-1] else '├─ '}"


def _document(one: Rollup) -> dict[str, Any]:
    return {
        "key": None if one.key == UNKNOWN_KEY else one.key,
        "name": one.name,
        "sites": one.sites,
        "counts": {priority.label: one.counts.get(priority, 0) for priority in CLASSES},
        "worst": one.worst.id,
        "priority": one.worst.priority,
        "residual": one.worst.assessment.residual,
        "path": one.path,
    }

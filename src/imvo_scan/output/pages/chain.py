"""The chain as a tree for people, and its roll-ups as a table or as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from imvo_scan.chain import Finding, Report
from imvo_scan.chain.roll_up import UNKNOWN_KEY, Dimension, Rollup
from imvo_scan.core.message import Message, message
from imvo_scan.core.priorities import CLASSES
from imvo_scan.messages.findings import Wording
from imvo_scan.messages.speaker import Speaker
from imvo_scan.output.console import console_for, plain
from imvo_scan.output.formats.table import STYLES
from imvo_scan.output.interface import Sink
from imvo_scan.output.sections import Form, Section, as_json, tables_line, write_sections
from imvo_scan.report.chain_tree import Node, Tree

MOST_GUIDES = 16


class Drawing:
    """Draws the trees of a report in one language."""

    def __init__(self, report: Report, speaker: Speaker) -> None:
        self.report = report
        self.wording = Wording(report.evidence.taxonomy, speaker)
        self.speaker = speaker
        self.blind = {site.at for site in report.blind_spots}

    def write(self, sink: Sink, version: str, *, depth: int | None, most: int | None) -> None:
        """Draw the chain of each inventory, its worst finding and path above it.

        `version` is that of the program.
        """
        console = console_for(sink)
        for chain in dict.fromkeys(site.chain for site in self.report.sites):
            tree = Tree(self.report, chain)
            worst = min(tree.own.values(), key=lambda own: own[0])[1]
            console.print(plain(chain.inventory.company.name, "bold"))
            path = " > ".join(worst.site.short_path)
            label, risk = worst.priority.label, self._risk(worst)
            console.print(plain(f"{label} {risk}: {path}", "dim"))
            for node in tree.nodes(depth=depth, most=most):
                console.print(self._line(node, tree), soft_wrap=not console.is_terminal)
            console.print()
        console.print(plain(tables_line(self.report.edition, version, self.speaker), "dim"))

    def _line(self, node: Node, tree: Tree) -> Any:
        from rich.text import Text

        line = Text(_guides(node.last), style="dim")
        if node.site is None:
            why = message("tree.buyer-unknown")
            if node.left_out:
                why = message("tree.left-out", n=node.left_out)
            return line.append_text(plain(self.speaker.tell(why), "dim"))
        site, own = node.site, tree.own[node.site.supplier.id][1]
        taxonomy = self.wording.taxonomy
        country = taxonomy.country_name(site.supplier.country, self.speaker.language)
        line.append_text(plain(own.priority.label, STYLES[own.priority])).append(" ")
        line.append_text(plain(site.supplier.name, "bold"))
        line.append_text(plain(f" · {country} · {self._risk(own)}"))
        for remark in self._remarks(node, own):
            line.append_text(plain(f" · {self.speaker.tell(remark)}", "dim"))
        return line

    def _remarks(self, node: Node, own: Finding) -> list[Message]:
        remarks = []
        if own.assessment.residual is not own.priority:
            remarks.append(message("table.left", label=own.assessment.residual.label))
        if node.behind is not None and node.behind.assessment.rank < own.assessment.rank:
            label, risk = node.behind.priority.label, self._risk(node.behind)
            remarks.append(message("tree.behind", label=label, risk=risk))
        if node.again:
            remarks.append(message("tree.again"))
        if node.site is not None and node.site.at in self.blind:
            remarks.append(message("tree.beyond"))
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
        say = self.speaker.say
        title = say("rollup.title", by=message(f"dimension.{by.value}"))
        classes = (priority.label for priority in CLASSES)
        worst = (say("rollup.worst"), say("table.residual"), say("rollup.path"))
        head = (say("rollup.what"), say("rollup.sites"), *classes, *worst)
        section = Section(title, (), head, tuple(map(self._row, rollups)), top=True)
        write_sections([section], tables_line(edition, version, self.speaker), form, sink)

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

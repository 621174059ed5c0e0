"""A report for outside eyes: the same findings in the same order, without names and free text (D8).

It is made from a report that is scored and judged already, so that ids, waivers and baseline see
what the user wrote. Every site keeps its place: what holds for a place holds for the redacted site.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from imvo_scan.chain.leverage import Place
from imvo_scan.chain.scan import Assessments, Report, Site
from imvo_scan.chain.supply_graph import Chain
from imvo_scan.core.message import Text
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, Supplier
from imvo_scan.inventory.entities import COMPANY, NO_FACTS
from imvo_scan.inventory.marks import WITHHELD
from imvo_scan.inventory.redaction import Redaction, rounded, silent
from imvo_scan.inventory.redaction_rules import free_texts
from imvo_scan.scoring import Assessment
from imvo_scan.scoring.assessment import Refusal


def redacted(report: Report) -> Report:
    """The report with its sites called `site-01`, `site-02` ... and its files `file-1` ...

    Classes, vectors, counts and order do not change. Two sites have two names, whatever their ids.
    """
    names = site_names(
        Place(inventory.source, site.id)
        for inventory in report.inventories
        for site in inventory.suppliers
    )
    redactions = redactions_of([one.source for one in report.inventories], names, report.evidence)
    chains = {
        id(site.chain): _chain(site.chain, redactions[site.at.source]) for site in report.sites
    }
    scores = _Scores()
    sites = tuple(
        Site(
            _supplier(site, chains[id(site.chain)], redactions[site.at.source]),
            chains[id(site.chain)],
            scores.of(site),
            site.place,
        )
        for site in report.sites
    )
    done = {chain.inventory.source: chain.inventory for chain in chains.values()}
    inventories = tuple(
        done.get(redactions[one.source].source) or redactions[one.source].inventory(one)
        for one in report.inventories
    )
    return replace(report, sites=sites, inventories=inventories)


def site_names(places: Iterable[Place]) -> Mapping[Place, str]:
    """A name for every site, numbered in the order of ids and then of files."""
    ordered = sorted(set(places), key=lambda place: (place.id, place.source))
    ordered = [place for place in ordered if place.id != COMPANY]
    width = max(2, len(str(len(ordered))))
    return {place: f"site-{number:0{width}}" for number, place in enumerate(ordered, start=1)}


def redactions_of(
    sources: Iterable[str], names: Mapping[Place, str], evidence: Evidence
) -> Mapping[str, Redaction]:
    """How each file is redacted, by its source; the names are those of `site_names`."""
    by_source: dict[str, dict[str, str]] = {source: {} for source in dict.fromkeys(sources)}
    for place, name in names.items():
        by_source[place.source][place.id] = name

    def knows_good(text: str) -> bool:
        return bool(evidence.taxonomy.goods.meanings(text))

    def knows_label(text: str) -> bool:
        return evidence.labels.find(text) is not None

    return {
        source: Redaction(f"file-{number}", own, knows_good, knows_label)
        for number, (source, own) in enumerate(by_source.items(), start=1)
    }


def redacted_inventory(inventory: Inventory, evidence: Evidence) -> Inventory:
    """One inventory as `redacted` would show it, for what is written without being scored."""
    names = site_names(Place(inventory.source, site.id) for site in inventory.suppliers)
    redaction = redactions_of([inventory.source], names, evidence)[inventory.source]
    return redaction.inventory(inventory)


def _chain(chain: Chain, redaction: Redaction) -> Chain:
    """The same links under other names; they are not worked out anew, so no path changes."""
    links = {
        redaction.renamed(key): link._replace(buyer=link.buyer and redaction.renamed(link.buyer))
        for key, link in chain.links.items()
    }
    return Chain(redaction.inventory(chain.inventory), links)


def _supplier(site: Site, chain: Chain, redaction: Redaction) -> Supplier:
    """The site as it stands in its redacted inventory, where the company itself does not stand."""
    if site.supplier.id == COMPANY:
        return site.supplier._replace(workers=rounded(site.supplier.workers), line=0)
    return chain.sites[redaction.renamed(site.supplier.id)]


class _Scores:
    """Assessments without free text, one for all sites that share them."""

    def __init__(self) -> None:
        self._done: dict[int, Assessments] = {}

    def of(self, site: Site) -> Assessments:
        """The assessments of a site, as they may be told."""
        facts = site.supplier.facts
        if facts is NO_FACTS:
            return site.assessments
        key = id(site.assessments)
        if key not in self._done:
            texts = frozenset(free_texts(facts))
            self._done[key] = tuple(_assessment(one, texts) for one in site.assessments)
        return self._done[key]


def _assessment(one: Assessment, texts: frozenset[str]) -> Assessment:
    """An assessment without what it took over from the words of people."""

    def told(text: Text) -> Text:
        return WITHHELD if text in texts else text

    return one._replace(
        scope=one.scope._replace(widened=told(one.scope.widened)),
        likelihood=one.likelihood._replace(incident=silent(one.likelihood.incident)),
        aggravations=tuple(a._replace(reason=told(a.reason)) for a in one.aggravations),
        override=silent(one.override),
        credits=tuple(
            credit._replace(name=WITHHELD) if credit.refusal is Refusal.UNKNOWN_LABEL else credit
            for credit in one.credits
        ),
        involved_by=one.involved_by and WITHHELD,
    )

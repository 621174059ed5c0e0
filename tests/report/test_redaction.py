"""The public report: findings stay, names, prices and free text go (D8)."""

from __future__ import annotations

import io
import re

import pytest

from imvo_scan.chain import Report, scan
from imvo_scan.documents import strict_yaml
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, Supplier, parse_inventory, read_inventory
from imvo_scan.inventory import facts as model
from imvo_scan.inventory.entities import Buyer
from imvo_scan.inventory.marks import WITHHELD
from imvo_scan.inventory.redaction import rounded, silent
from imvo_scan.inventory.redaction_rules import free_texts
from imvo_scan.output import FORMATS, Options, writer_of
from imvo_scan.report.redaction import redacted, redacted_inventory
from tests.conftest import ROOT, TODAY

CHAIN = ROOT / "examples" / "chain.yaml"
CANARY = "Canary"

EVERYTHING = f"""imvo: 1
company:
  name: Us
  country: NL
  sector: retail
  workers: 1284
  policy: {{adopted: 2026-01-01, by: {CANARY}, public: true, what: {CANARY}}}
  communication: {{date: 2026-01-01, what: {CANARY}, public: true, audiences: [{CANARY}]}}
suppliers:
  - id: {CANARY}-1
    name: {CANARY} Ltd
    country: BD
    region: {CANARY}
    sector: textiles
    tier: 1
    goods: [garments, {CANARY} gadgets]
    made_with: [{{good: {CANARY} yarn, country: IN}}]
    workers: 1284
    spend: 98765
    address: {CANARY} Road 1
    other_buyers: [{CANARY} Brand]
    note: {CANARY}
    aggravators:
      - {{risk: unsafe-work, what: fire-or-structural, reason: {CANARY}, source: {CANARY}}}
    overrides: [{{risk: living-wage, scale: 5, scope: 4, reason: {CANARY}}}]
    affected: [{{risk: child-labour, who: systemic, reason: {CANARY}}}]
    incidents:
      - risk: child-labour
        date: 2026-05-01
        source_type: union
        what: {CANARY}
        prevention: {CANARY}
        response: {CANARY}
        lesson: {CANARY}
        remedy: {CANARY}
    evidence: [{{risks: [living-wage], date: 2026-05-01, source_type: union, what: {CANARY}}}]
    labels: [{{label: {CANARY} Seal, proof: self-declared, held_by: {CANARY}-2}}]
    involvement: [{{risk: living-wage, how: contribute, reason: {CANARY}}}]
    purchasing: [{{practice: short-lead-times, date: 2026-05-01, what: {CANARY}}}]
    dialogue: [{{state: discuss, date: 2026-05-01, what: {CANARY}}}]
    waivers: [{{risk: living-wage, reason: {CANARY}, approver: {CANARY}, expires: never}}]
  - {{id: {CANARY}-2, name: {CANARY} Mill, country: IN, sector: textiles, supplies: [{CANARY}-1]}}
actions:
  - findings: [{CANARY}-1/child-labour, {CANARY}-9/child-labour]
    what: {CANARY}
    owner: buying
    start: 2026-01-01
    due: 2026-12-31
    status: running
    monitor: {CANARY}
"""


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    """The example chain, which uses every key."""
    return read_inventory(CHAIN)


@pytest.fixture(scope="module")
def planted(evidence: Evidence) -> Inventory:
    """An inventory that says the same word wherever a person can write one."""
    return parse_inventory(EVERYTHING.encode(), f"/home/{CANARY}/{CANARY}.yaml", evidence.taxonomy)


def report(evidence: Evidence, *inventories: Inventory) -> Report:
    """A scan of them."""
    return scan(*inventories, evidence=evidence, today=TODAY)


def secrets(inventory: Inventory) -> set[str]:
    """Every name, id, price and sentence that must not be told."""
    found = {"Another Fictional Brand", "1 Example Road", "Girls work off a loan", "1250000"}
    return found | {site.name for site in inventory.suppliers} | {"cmt-dhaka", "cotton-farm"}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_d8_no_name_price_or_story_leaks(
    inventory: Inventory, planted: Inventory, evidence: Evidence, name: str
) -> None:
    """D8: in no format of output."""
    sink = io.StringIO()
    public = redacted(report(evidence, inventory, planted))
    writer_of(name)(public, sink, Options(everything=True))
    leaked = {one for one in secrets(inventory) | {CANARY, "98765"} if one in sink.getvalue()}
    assert leaked == set()
    assert "1284" not in sink.getvalue()


def test_d8_nothing_leaks_from_any_value(
    inventory: Inventory, planted: Inventory, evidence: Evidence
) -> None:
    """D8: whatever an output may come to print, the free text is not there to print."""
    public = redacted(report(evidence, inventory, planted))
    everything = repr((public.sites, public.inventories))
    assert CANARY in repr(report(evidence, planted).sites)
    assert CANARY not in everything
    texts = [v for v in _texts(strict_yaml.load(CHAIN).data) if re.search(r"\s\S+\s", v)]
    told = {inventory.company.name, *(one.name for one in inventory.company.steps.covenants)}
    goods = {good for site in inventory.suppliers for good in site.goods}
    assert {text for text in texts if text in everything} - told - goods == set()
    assert WITHHELD in everything


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) else []


def test_d8_the_findings_are_the_same(
    inventory: Inventory, planted: Inventory, evidence: Evidence
) -> None:
    """Classes, vectors, counts, gaps and order do not change with the audience."""
    own = report(evidence, inventory, planted)
    public = redacted(own)
    assert own.counts == public.counts
    assert own.residual_counts == public.residual_counts
    assert own.gaps == public.gaps
    assert [(f.site.place, f.assessment.vector) for f in own.findings] == [
        (f.site.place, f.assessment.vector) for f in public.findings
    ]
    assert [len(site.path) for site in own.sites] == [len(site.path) for site in public.sites]
    assert [site.tier for site in own.sites] == [site.tier for site in public.sites]


def test_d8_sites_of_two_files_have_two_names(evidence: Evidence) -> None:
    """The same id in two files is two sites; files are numbered, standard input too."""
    mill = Supplier("mill", "Mill", "BD", "textiles", tier=1, supplies=("company",))
    files = [Inventory(name, Buyer("Us", None, None), (mill,)) for name in ("b.yaml", "-")]
    public = redacted(report(evidence, *files))
    assert sorted(site.supplier.id for site in public.sites) == ["site-01", "site-02"]
    assert {site.at.source for site in public.sites} == {"file-1", "file-2"}
    assert all(site.path == ("Us", site.supplier.id) for site in public.sites)


def test_d8_an_inventory_is_redacted_without_being_scored(
    planted: Inventory, evidence: Evidence
) -> None:
    """What `convert` writes holds no name either, and its links lead to the new names."""
    public = redacted_inventory(planted, evidence)
    assert CANARY not in repr(public)
    assert public.suppliers[1].supplies == (public.suppliers[0].id,)


def test_the_scores_of_like_sites_stay_shared(evidence: Evidence) -> None:
    """A hundred thousand sites with one profile have one redacted score."""
    sites = tuple(Supplier(f"s{n}", "S", "BD", "textiles", tier=1) for n in range(20))
    public = redacted(report(evidence, Inventory("a", Buyer("Us", None, None), sites)))
    assert len({id(site.assessments) for site in public.sites}) == 1


@pytest.mark.parametrize(
    ("count", "told"),
    [(None, None), (0, 0), (1, 5), (9, 5), (10, 10), (99, 90), (1284, 1000), (9999, 9000)],
)
def test_head_counts_are_round_numbers_of_their_class(count: int | None, told: int | None) -> None:
    """METHOD 2: the class of the scope is that of the number as written."""
    assert rounded(count) == told


def test_silence_leaves_what_is_no_text() -> None:
    """A number, a date and a key of the tables stay."""
    step = model.DialogueStep.model_validate(
        {"state": "discuss", "date": "2026-05", "parties": ("union",), "what": CANARY}
    )
    assert silent(step) == step.model_copy(update={"what": WITHHELD})
    assert list(free_texts((step,))) == [CANARY]

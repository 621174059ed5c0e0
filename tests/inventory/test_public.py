"""The public version: findings stay, names and prices go (D8)."""

from __future__ import annotations

import io
import re

import pytest

from imvo_scan import strict_yaml
from imvo_scan.chain import Report, scan
from imvo_scan.evidence import Evidence
from imvo_scan.inventory import Inventory, read_inventory
from imvo_scan.inventory.public import WITHHELD, public_version
from imvo_scan.output import FORMATS, Options, writer_of
from tests.conftest import ROOT, TODAY

CHAIN = ROOT / "examples" / "chain.yaml"


@pytest.fixture(scope="module")
def inventory() -> Inventory:
    """The example chain, which uses every key."""
    return read_inventory(CHAIN)


def report(inventory: Inventory, evidence: Evidence) -> Report:
    """A scan of it."""
    return scan(inventory, evidence=evidence, today=TODAY)


def secrets(inventory: Inventory) -> set[str]:
    """Every name, id, price and sentence that must not be told."""
    found = {"Another Fictional Brand", "1 Example Road", "Girls work off a loan", "1250000"}
    return found | {site.name for site in inventory.suppliers} | {"cmt-dhaka", "cotton-farm"}


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_d8_no_name_price_or_story_leaks(
    inventory: Inventory, evidence: Evidence, name: str
) -> None:
    """D8: in no format of output."""
    sink = io.StringIO()
    public = report(public_version(inventory), evidence)
    writer_of(name)(public, sink, Options(everything=True))
    leaked = {secret for secret in secrets(inventory) if secret in sink.getvalue()}
    assert leaked == set()


def test_d8_nothing_leaks_from_any_value(inventory: Inventory) -> None:
    """D8: whatever an output may come to print, the free text is not there to print."""
    everything = repr(public_version(inventory))
    texts = [v for v in _texts(strict_yaml.load(CHAIN).data) if re.search(r"\s\S+\s", v)]
    company = set(_texts(strict_yaml.load(CHAIN).data["company"]))  # type: ignore[call-overload,index]
    goods = {good for site in inventory.suppliers for good in site.goods}
    leaked = {text for text in texts if text in everything} - company - goods
    assert leaked == set()
    assert WITHHELD in everything


def _texts(node: object) -> list[str]:
    if isinstance(node, dict):
        return [text for value in node.values() for text in _texts(value)]
    if isinstance(node, list):
        return [text for value in node for text in _texts(value)]
    return [node] if isinstance(node, str) else []


def test_d8_the_findings_are_the_same(inventory: Inventory, evidence: Evidence) -> None:
    """Classes, vectors and counts do not change with the audience."""
    own, public = report(inventory, evidence), report(public_version(inventory), evidence)
    assert own.counts == public.counts
    assert own.residual_counts == public.residual_counts
    assert sorted(f.assessment.vector for f in own.findings) == sorted(
        f.assessment.vector for f in public.findings
    )

"""A list, the YAML made from it and the findings exported from it all say the same."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.chain import Report, scan
from imvo_scan.documents.strict_yaml import load_bytes
from imvo_scan.documents.yaml_text import scalar
from imvo_scan.evidence import Evidence
from imvo_scan.importer.read import Imported
from imvo_scan.importer.to_csv import list_text, with_more
from imvo_scan.importer.to_yaml import inventory_text
from imvo_scan.inventory import Inventory, parse_inventory, read_inventory
from imvo_scan.inventory.entities import COMPANY, Relations
from imvo_scan.output import Options, writer_of
from tests.conftest import ROOT, TODAY
from tests.importer.lists import read

LIST = """\
Supplier no,Supplier,Country,Province,Address,Sector,Product type,Workers,Tier,Annual spend,Supplies
S1,"Weaver, ""Best"" & Co: #1",Bangladesh,Dhaka,Road 1,Apparel|Health,knit tops,"1,200",1,10.5,
S2,Мельница null,IN,,,,cotton fabric,,,,S1
,no,Atlantis,,,whatever,,,3,,
,yes: [x],Vietnam,,,Food,,20-50,1,,
"""


def converted(imported: Imported) -> str:
    """The YAML of a list."""
    return "".join(inventory_text(imported))


def findings(*inventories: Inventory, evidence: Evidence) -> str:
    """All findings as CSV."""
    return text_of(scan(*inventories, evidence=evidence, today=TODAY))


def text_of(report: Report) -> str:
    """All findings of a report as CSV."""
    out = io.StringIO()
    writer_of("csv")(report, out, Options(everything=True))
    return out.getvalue()


def test_the_yaml_of_a_list(evidence: Evidence) -> None:
    """Tidy and commented; the inventory reader takes it, and the findings are the same."""
    imported = read(LIST)
    text = converted(imported)
    assert text.startswith("# yaml-language-server: $schema=")
    assert "    # country: not known, which ranks as high risk\n" in text
    assert "    # the list says country 'Atlantis', which is not known\n" in text
    again = parse_inventory(text.encode(), "list.csv", evidence.taxonomy)
    assert not again.notices
    first = {site.id: site._replace(line=0) for site in imported.inventory.suppliers}
    assert {site.id: site._replace(line=0) for site in again.suppliers} == first
    assert again.company.name == imported.inventory.company.name
    assert findings(again, evidence=evidence) == findings(imported.inventory, evidence=evidence)


def test_the_yaml_is_stable() -> None:
    """The same list in another order gives the same YAML, so that a new export changes little."""
    head, *rows = LIST.splitlines()
    shuffled = "\n".join([head, *reversed(rows)])
    assert converted(read(shuffled)) == converted(read(LIST))


@given(st.text())
def test_any_text_survives_as_a_scalar(text: str) -> None:
    """What is written as YAML comes back as it was."""
    known = text.encode("utf-8", "replace").decode()
    assert load_bytes(f"key: {scalar(known)}\n".encode(), "t").data == {"key": known}


@pytest.mark.parametrize("name", ["null", "~", "no", "1e5", "- a", "a: b", "a #b", "'a'", "", "a "])
def test_texts_that_mean_something_in_yaml(name: str) -> None:
    """They come back as text."""
    assert load_bytes(f"key: [{scalar(name)}]\n".encode(), "t").data == {"key": [name]}


def test_an_inventory_as_a_list_and_back(evidence: Evidence) -> None:
    """What a list can hold comes back the same; how many sites say more is known."""
    inventory = read_inventory(ROOT / "examples" / "chain.yaml", evidence.taxonomy)
    again = read("".join(list_text(inventory))).inventory
    for before, after in zip(inventory.suppliers, again.suppliers, strict=True):
        assert after.id == before.id
        assert set(after.goods) <= set(before.goods)
        assert after.relations == Relations(before.relations.address, before.relations.os_id)
        for key in ("name", "country", "sector", "goods_sector", "region", "workers", "flags"):
            assert getattr(after, key) == getattr(before, key), key
        assert after.supplies == before.supplies
    assert with_more(inventory) > 0


def test_findings_can_be_read_back(evidence: Evidence) -> None:
    """The nine rows of a site in our own CSV are one site again, with its tier and its path."""
    report = scan(
        read_inventory(ROOT / "examples" / "chain.yaml", evidence.taxonomy),
        evidence=evidence,
        today=TODAY,
    )
    imported = read(text_of(report))
    before = {
        site.supplier.id: (site.supplier.name, site.supplier.country, site.supplier.sector)
        for site in report.sites
        if site.supplier.id != COMPANY
    }
    sites = imported.inventory.suppliers
    assert {site.id: (site.name, site.country, site.sector) for site in sites} == before
    assert imported.report.merged == imported.report.rows - len(before) - 9
    company = imported.inventory.company
    assert (company.name, company.country) == ("Voorbeeld & Dochters BV (fictional)", "NL")
    again = scan(imported.inventory, evidence=evidence, today=TODAY)
    assert {s.supplier.id: (s.tier, s.path) for s in again.sites} == {
        s.supplier.id: (s.tier, s.path) for s in report.sites
    }


def test_findings_of_a_list_come_back_the_same(evidence: Evidence) -> None:
    """List -> findings as CSV -> list -> findings: what the CSV holds scores the same."""
    text = "id,name,country,sector,tier,spend\na,A,BD,textiles,1,5\nb,=B,,food,2,\nc,C,NL,,1,7.5\n"
    first = findings(read(text, company="Us").inventory, evidence=evidence)
    again = findings(read(first, company="Us").inventory, evidence=evidence)
    assert again == first

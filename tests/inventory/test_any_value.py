"""Every field of every file given every kind of value: read or refused, no internal error."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from imvo_scan.chain import Report, scan
from imvo_scan.core.errors import ImvoScanError, Problem
from imvo_scan.evidence import Evidence
from imvo_scan.gate import judge, read_baseline, read_waivers
from imvo_scan.gate.baseline import baseline_of, render_baseline
from imvo_scan.gate.waiver_file import json_schema as waiver_schema
from imvo_scan.history.diff import snapshot_of_json
from imvo_scan.importer.columns.mapping import read_mapping
from imvo_scan.inventory import parse_inventory
from imvo_scan.inventory.schema import json_schema
from imvo_scan.output import FORMATS
from imvo_scan.settings.file import read_settings
from imvo_scan.settings.schema import json_schema as settings_schema
from tests.conftest import TODAY
from tests.output.test_formats import written

Path_ = tuple[str | int, ...]
LONG = "x" * 100_000
VALUES: dict[str, Any] = {
    "a list": ["x"],
    "a list in a list": [[["x"]]],
    "an empty list": [],
    "a map": {"a": "b"},
    "a map of lists": {"a": ["b"]},
    "an empty map": {},
    "a number": 7,
    "a large number": 10**400,
    "a negative number": -1,
    "a fraction": 1.5,
    "true": True,
    "nothing": None,
    "an empty text": "",
    "a long text": LONG,
    "letters": "\u0663\u0664",
    "a year": "9999",
    "a slash": "/",
}
FACT = {"date": "2026-03", "source_type": "union"}
REASONED = {"risk": "living-wage", "reason": "So it is"}
INVENTORY: dict[str, Any] = {
    "imvo": 1,
    "company": {
        "name": "A",
        "country": "NL",
        "sector": "retail",
        "goods_sector": "textiles",
        "workers": 10,
        "flags": ["rush-orders"],
        "policy": {
            "adopted": "2025",
            "by": "The board",
            "public": True,
            "expertise": ["union"],
            "what": "All of it",
        },
        "integration": {
            "date": "2025",
            "responsible": "csr",
            "management_system": "a",
            "purchasing": "b",
            "rewards": "c",
        },
        "monitoring": {"date": "2025", "what": "a", "parties": ["ngo"]},
        "grievance": {"date": "2025", "channel": "a", "open_to": ["unions"], "remedy": "b"},
        "communication": {"date": "2025", "what": "a", "public": True, "audiences": ["all"]},
        "covenants": [{"name": "a", "signed": "2020", "ended": "2025"}],
    },
    "suppliers": [
        {
            "id": "s",
            "name": "B",
            "country": "BD",
            "region": "Dhaka",
            "sector": "textiles",
            "goods_sector": "textiles",
            "tier": 1,
            "supplies": ["t"],
            "goods": ["cotton"],
            "workers": 10,
            "spend": "12.5",
            "flags": ["home-work"],
            "address": "Street 1",
            "os_id": "CN2021250D1DTN7",
            "other_buyers": ["C"],
            "note": "a",
            "made_with": [{"good": "cotton", "country": "IN"}],
            "aggravators": [
                {**REASONED, "risk": "unsafe-work", "what": "pesticides", "source": "a"}
            ],
            "overrides": [{**REASONED, "scale": 5, "scope": 4, "irremediability": 3}],
            "affected": [{**REASONED, "who": "systemic"}],
            "hours": {**FACT, "week": 60, "days": 6, "forced": True},
            "wages": {
                **FACT,
                "paid": "10",
                "legal_minimum": "11",
                "living_wage": "12.5",
                "currency": "EUR",
                "period": "month",
            },
            "workforce": {
                **FACT,
                "women": 60,
                "migrants": 10,
                "agency": 10,
                "temporary": 10,
                "day_labour": 10,
                "no_contract": 10,
                "recruitment_fees": True,
                "youngest": 16,
            },
            "incidents": [
                {
                    **FACT,
                    "risk": "child-labour",
                    "what": "a",
                    "status": "remedied",
                    "verified_by": "union",
                    "since": "2025",
                    "prevention": "b",
                    "response": "c",
                    "lesson": "d",
                    "owner": "csr",
                    "remedy": "e",
                    "due": "2027",
                }
            ],
            "evidence": [{**FACT, "risks": ["living-wage"], "what": "a"}],
            "labels": [
                {"label": "SA8000", "proof": "register", "valid_until": "2027", "held_by": "t"}
            ],
            "controls": [
                {**FACT, "kind": "independent-union", "risks": ["living-wage"], "what": "a"}
            ],
            "involvement": [{**REASONED, "how": "contribute"}],
            "purchasing": [{"practice": "short-lead-times", "date": "2025", "what": "a"}],
            "dialogue": [
                {"state": "discuss", "date": "2025", "parties": ["union"], "what": "a"},
                {"state": "agreement", "date": "2026", "parties": ["union"], "what": "a"},
            ],
            "waivers": [
                {
                    "risk": "living-wage",
                    "reason": "a",
                    "approver": "b",
                    "granted": "2026-01-01",
                    "expires": "2027-01-01",
                }
            ],
        },
        {"id": "t", "name": "C", "country": "VN", "sector": "textiles"},
    ],
    "actions": [
        {
            "findings": ["s/living-wage"],
            "measure": "violence-hotline",
            "what": "a",
            "owner": "csr",
            "start": "2026-01",
            "due": "2026-06",
            "target_year": 2029,
            "review": "2026-12",
            "status": "planned",
            "monitor": "a",
            "remedy": "a",
        }
    ],
}
WAIVERS: dict[str, Any] = {
    "waivers": [
        {
            "finding": "s/x",
            "file": "a.yaml",
            "reason": "a",
            "approver": "b",
            "granted": "2026-01-01",
            "expires": "never",
        },
        {
            "site": "s",
            "risk": "living-wage",
            "reason": "a",
            "approver": "b",
            "granted": "2026-01-01",
            "expires": "never",
        },
    ]
}
SETTINGS: dict[str, Any] = {
    "output": ["csv"],
    "fail_on": "P1",
    "min_priority": "P3",
    "top": 5,
    "all": True,
    "by": "site",
    "lang": "nl",
    "audience": "public",
    "color": "never",
    "require_remedy": True,
    "waivers": "w.yaml",
    "baseline": "b.json",
    "data": "data",
    "max_data_age": 400,
}
MAPPING: dict[str, Any] = {"sheet": "one", "columns": {"country": "Land", "name": ["a", "b"]}}


def places(value: Any, path: Path_ = ()) -> Iterator[Path_]:
    """Every place in a document, the whole of it first."""
    yield path
    inner = value.items() if isinstance(value, dict) else ()
    for key, below in enumerate(value) if isinstance(value, list) else inner:
        yield from places(below, (*path, key))


def changed(document: Any, path: Path_, value: Any) -> Any:
    """A copy of a document with another value at one place."""
    if not path:
        return value
    document = copy.deepcopy(document)
    at = document
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    return document


def fields(schema: dict[str, Any], root: dict[str, Any], path: Path_ = ()) -> Iterator[Path_]:
    """Every field that a JSON schema names, without the numbers of items."""
    if "$ref" in schema:
        yield from fields(root["$defs"][schema["$ref"].rpartition("/")[2]], root, path)
    for one in (*schema.get("anyOf", ()), *([schema["items"]] if "items" in schema else ())):
        yield from fields(one, root, path)
    for key, below in schema.get("properties", {}).items():
        yield (*path, key)
        yield from fields(below, root, (*path, key))


@pytest.mark.parametrize(
    ("schema", "document"),
    [
        (json_schema(), INVENTORY),
        (waiver_schema(), WAIVERS),
        (settings_schema(), SETTINGS),
    ],
)
def test_every_field_is_tried(schema: dict[str, Any], document: dict[str, Any]) -> None:
    """Whoever adds a field to a format adds it here."""
    tried = {tuple(part for part in path if isinstance(part, str)) for path in places(document)}
    assert set(fields(schema, schema)) <= tried


def text_of(document: Any) -> bytes:
    """A document as JSON, which is YAML too."""
    return json.dumps(document, ensure_ascii=False).encode()


def read_or_refused(read: Callable[..., Any], *arguments: Any) -> Any:
    """What was read, None where it was refused in words; any other error goes through."""
    problems: tuple[Problem, ...] = ()
    result = None
    try:
        result = read(*arguments)
    except ImvoScanError as error:
        problems = error.problems
    assert result is not None or problems
    assert all(problem.what for problem in problems)
    return result


def scanned(raw: bytes, evidence: Evidence) -> Report:
    """An inventory read and scored."""
    inventory = parse_inventory(raw, "a.yaml", evidence.taxonomy)
    return scan(inventory, evidence=evidence, today=TODAY)


@pytest.mark.parametrize("name", VALUES)
@pytest.mark.parametrize("key", ["company", "suppliers", "actions", "imvo"])
def test_an_inventory_is_read_or_refused(evidence: Evidence, key: str, name: str) -> None:
    """What is read is scanned, judged and now and then written in every format."""
    read = 0
    for path in places(INVENTORY):
        if path[:1] not in {(), (key,)}:
            continue
        raw = text_of(changed(INVENTORY, path, VALUES[name]))
        report = read_or_refused(scanned, raw, evidence)
        if report is not None:
            judge(report, ())
            for form in FORMATS if read % 20 == 0 else ():
                assert written(form, report)
            read += 1


def test_what_is_changed_is_right_before(evidence: Evidence) -> None:
    """So that each refusal is about the one value that was put in."""
    assert scanned(text_of(INVENTORY), evidence).sites


@pytest.mark.parametrize("name", VALUES)
def test_other_files_are_read_or_refused(tmp_path: Path, name: str) -> None:
    """Waivers, settings and mappings, as YAML."""
    file = tmp_path / "a.yaml"
    kinds: list[tuple[Any, Callable[[Path], Any]]] = [
        (WAIVERS, read_waivers),
        (SETTINGS, read_settings),
        (MAPPING, read_mapping),
    ]
    for document, read in kinds:
        for path in places(document):
            file.write_bytes(text_of(changed(document, path, VALUES[name])))
            read_or_refused(read, file)


@pytest.mark.parametrize("name", VALUES)
def test_a_baseline_or_an_older_report_is_read_or_refused(
    evidence: Evidence, tmp_path: Path, name: str
) -> None:
    """JSON that others hand over."""
    report = scanned(text_of(INVENTORY), evidence)
    baseline = json.loads(render_baseline(baseline_of(report, tmp_path), report, "1"))
    file = tmp_path / "a.json"
    for path in places(baseline):
        file.write_bytes(text_of(changed(baseline, path, VALUES[name])))
        read_or_refused(read_baseline, file)
    older = json.loads(written("json", report))
    older["findings"], older["sites"] = older["findings"][:2], older["sites"][:2]
    for path in places(older):
        raw = text_of(changed(older, path, VALUES[name]))
        read_or_refused(snapshot_of_json, raw, "a.json")

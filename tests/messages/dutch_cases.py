"""What the program can be asked and what it can be given wrong, for the tests of its language."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from imvo_scan.cli import COMMANDS
from imvo_scan.output import FORMATS
from tests.conftest import ROOT

HOSTILE = Path(__file__).parent.parent / "hostile"
REFUSED = Path(__file__).parent.parent / "inventory" / "refused"
SCHEMAS = Path(__file__).parent.parent / "schemas"
EXAMPLE = ROOT / "examples" / "chain.yaml"

HEAD = "imvo: 1\ncompany: {name: Vulpia}\nsuppliers:\n"
MILL = HEAD + "  - {id: mo, name: Moulin Rieur, country: BD, sector: textiles}\n"
LIST = "Naam;Land;Sector;Medewerkers\nMoulin Rieur;Bangladesh;textiel;1900\nPapier BV;;;12\n"
GAPS = """Leverancier;Land;Sector;Medewerkers;Opmerking;Product
Moulin Rieur;Bangladesh;textiel;1.900;goed;shirts
Moulin Rieur;Bangladesh;textiel;1.900;goed;shirts
Papier BV;Atlantis;papierwinkels;veel;;papier
Kongo NV;Kongo;mijnbouw;-3;;kobalt
;India;textiel;12;;
Totaal;;;3812;;
Spelfout SA;Banglades;textil;12.000;;katoen
"""
WAIVERS = """waivers:
  - {finding: mo/child-labour, reason: Bezocht., approver: Zorgteam, expires: 2020-01-31}
  - {finding: mo/forced-labour, reason: Bezocht., approver: Zorgteam, expires: 2026-12-31}
  - {finding: niemand/forced-labour, reason: Bezocht., approver: Zorgteam, expires: 2026-12-31}
"""
BASELINE = json.dumps(
    {"schema_version": "2", "files": {"chain.yaml": {"mo": {"child-labour": {"class": "P4"}}}}}
)
DAY = ("--today", "2026-11-25")


@dataclass(frozen=True)
class Case:
    """A command line and the files it finds in its folder."""

    name: str
    arguments: tuple[str, ...]
    files: Mapping[str, str | bytes] = field(default_factory=dict)


def asked(line: str, **files: str | bytes) -> Case:
    """A case from a command line in which blanks part the arguments; files with `_` for the dot."""
    named = {name.replace("__", "-").replace("_", "."): text for name, text in files.items()}
    return Case(line, tuple(line.split()), named)


def inventory(name: str, text: str | bytes, command: str = "scan") -> Case:
    """A case of a file that is scanned."""
    return Case(f"inventory: {name}", (command, "chain.yaml", *DAY), {"chain.yaml": text})


def supplier(keys: str) -> Case:
    """A case of one supplier with these keys."""
    return inventory(keys, HEAD + f"  - {{id: mo, name: Moulin, {keys}}}\n")


def listed(name: str, text: str, *options: str) -> Case:
    """A case of a list."""
    return Case(f"list: {name}", ("scan", "lijst.csv", *DAY, *options), {"lijst.csv": text})


def settings(text: str) -> Case:
    """A case of a file of settings."""
    return Case(
        f"settings: {text[:40]}",
        ("scan", "chain.yaml"),
        {"chain.yaml": MILL, "imvo-scan.yaml": text},
    )


def waived(text: str) -> Case:
    """A case of a file of waivers."""
    files = {"chain.yaml": MILL, "waivers.yaml": text}
    return Case(f"waivers: {text[:50]}", ("scan", "chain.yaml", "--waivers", "waivers.yaml"), files)


def based(text: str) -> Case:
    """A case of a baseline."""
    files = {"chain.yaml": MILL, "base.json": text}
    return Case(f"baseline: {text[:50]}", ("scan", "chain.yaml", "--baseline", "base.json"), files)


def table(name: str, text: str) -> Case:
    """A case of a table of one's own with a fault."""
    files = {"chain.yaml": MILL, f"own/{name}": text}
    return Case(f"table: {name} {text[:40]}", ("scan", "chain.yaml", "--data", "own"), files)


_SCAN = ("scan", "example.yaml", *DAY)

FORMS = [
    *(Case(f"-o {name}", (*_SCAN, "-o", name)) for name in FORMATS),
    Case("--all", (*_SCAN, "--all")),
    Case("--by site", (*_SCAN, "--by", "site")),
    Case("--min-priority", (*_SCAN, "--min-priority", "P1", "--top", "2")),
    Case("--audience public", (*_SCAN, "--audience", "public")),
    Case("--audience public markdown", (*_SCAN, "--audience", "public", "-o", "markdown")),
    Case("gate", (*_SCAN, "--fail-on", "P2", "--require-remedy", "--strict")),
    asked(
        "scan chain.yaml --waivers waivers.yaml --fail-on P1", chain_yaml=MILL, waivers_yaml=WAIVERS
    ),
    asked("scan chain.yaml --baseline base.json --fail-on P2", chain_yaml=MILL, base_json=BASELINE),
    asked("scan chain.yaml --write-baseline new.json", chain_yaml=MILL),
    asked("scan chain.yaml two.yaml", chain_yaml=MILL, two_yaml=MILL),
    asked("scan .", chain_yaml=MILL, lijst_csv=LIST),
    asked("scan chain.yaml -o csv=out.csv -o table", chain_yaml=MILL),
    asked("scan chain.yaml --show-config", chain_yaml=MILL),
    asked("scan chain.yaml --max-data-age 1 --today 2027-06-01", chain_yaml=MILL),
    listed("plain", LIST),
    listed("gaps", GAPS),
    listed("gaps, strictly", GAPS, "--strict"),
    listed("gaps, a report in a file", GAPS, "--import-report", "report.json"),
    listed("mapped", LIST, "--map", "goods=Medewerkers", "--sector", "bouw"),
    listed("mapping kept", LIST, "--save-mapping", "mapping.yaml"),
    asked("explain example.yaml cmt-dhaka"),
    asked("explain example.yaml cmt-dhaka/excessive-hours"),
    asked("explain example.yaml cmt-dhaka/excessive-hours --markdown"),
    asked("explain example.yaml cmt-dhaka/excessive-hours --json"),
    asked("explain example.yaml cmt-porto"),
    asked("explain example.yaml cmt-izmir/discrimination"),
    asked("explain example.yaml cocoa-coop/child-labour"),
    asked("explain example.yaml spinning-mill"),
    asked("explain example.yaml company/forced-labour --audience public"),
    asked("chain example.yaml"),
    asked("chain example.yaml --depth 2 --top 3"),
    asked("chain example.yaml --json --by tier"),
    *(
        asked(f"chain example.yaml --by {by}")
        for by in ("country", "sector", "risk", "tier", "supplier")
    ),
    asked("plan example.yaml"),
    asked("plan example.yaml --markdown"),
    asked("plan example.yaml --json"),
    asked("plan example.yaml --owner buying"),
    asked("steps example.yaml"),
    asked("steps example.yaml --markdown"),
    asked("steps example.yaml --json"),
    asked("steps chain.yaml", chain_yaml=MILL),
    asked("labels"),
    asked("labels --markdown"),
    asked("labels SA8000"),
    asked("labels SA8000 --markdown"),
    asked("labels GRI"),
    asked("lookup BD"),
    asked("lookup BD --sector textiles --good katoen"),
    asked("lookup --good shirts"),
    asked("lookup CN --region Xinjiang --good katoen"),
    asked("lookup --sector wholesale"),
    asked("lookup BD --json"),
    asked("data"),
    asked("data show"),
    asked("data verify"),
    asked("convert lijst.csv", lijst_csv=GAPS),
    asked("convert lijst.csv -o new.yaml", lijst_csv=LIST),
    asked("convert example.yaml -o lijst.csv"),
    asked("diff old.yaml chain.yaml", old_yaml=MILL.replace("BD", "NL"), chain_yaml=MILL),
    asked(
        "diff chain.yaml old.yaml --markdown", old_yaml=MILL.replace("BD", "NL"), chain_yaml=MILL
    ),
    asked("diff chain.yaml old.yaml --json", old_yaml=MILL.replace("BD", "NL"), chain_yaml=MILL),
    asked("diff old.yaml example.yaml", old_yaml=MILL),
    asked("history oud/chain.yaml"),
    asked("history oud/chain.yaml --markdown"),
    asked("history oud/chain.yaml --json"),
    asked("diff git:HEAD~1:oud/chain.yaml oud/chain.yaml"),
    asked("init ."),
    asked("help"),
    asked("version"),
    asked("--help"),
    *(asked(f"help {name}") for name in COMMANDS),
    *(asked(f"{name} --help") for name in COMMANDS),
]
"""Every command in every form, on what is right."""

ERRORS = [
    # the command line
    asked("scan"),
    asked("scan nowhere.yaml"),
    asked("scna"),
    asked("scan --tpo 3"),
    asked("scan --top veel"),
    asked("scan example.yaml --fail-on P9"),
    asked("scan example.yaml --by maan"),
    asked("scan example.yaml --today gauw"),
    asked("scan example.yaml --today 2026-02-30"),
    asked("scan example.yaml -o cvs"),
    asked("scan example.yaml -o csv=a.csv -o json=a.csv"),
    asked("scan example.yaml -o csv=nergens/a.csv"),
    asked("scan example.yaml -o csv=example.yaml"),
    asked("scan example.yaml --waivers nowhere.yaml"),
    asked("scan example.yaml --baseline nowhere.json"),
    asked("scan example.yaml --data nergens"),
    asked("scan example.yaml --config nergens.yaml"),
    asked("scan example.yaml --color soms"),
    asked("scan example.yaml --audience iedereen"),
    asked("scan lijst.csv --map zomaar", lijst_csv=LIST),
    asked("scan lijst.csv --map kleur=Naam", lijst_csv=LIST),
    asked("scan lijst.csv --map country=Staat", lijst_csv=LIST),
    asked("scan lijst.csv --where Land", lijst_csv=LIST),
    asked("scan lijst.csv --where Staat=Bangladesh", lijst_csv=LIST),
    asked("scan lijst.csv --where Land=Peru", lijst_csv=LIST),
    asked("scan lijst.csv --sector bla", lijst_csv=LIST),
    asked("scan lijst.csv --sheet Blad1", lijst_csv=LIST),
    asked("scan lijst.csv --encoding klingon", lijst_csv=LIST),
    asked("scan lijst.csv --mapping nergens.yaml", lijst_csv=LIST),
    asked("scan lijst.csv --mapping map.yaml", lijst_csv=LIST, map_yaml="kleur: Naam\n"),
    asked("scan lijst.csv --mapping map.yaml", lijst_csv=LIST, map_yaml="[1, 2"),
    asked("explain example.yaml"),
    asked("explain example.yaml niemand"),
    asked("explain example.yaml cmt-dhaka/niets"),
    asked("explain example.yaml cmt-dhaak"),
    asked("explain example.yaml cmt-dhaka --json --markdown"),
    asked("chain example.yaml --json"),
    asked("chain example.yaml --by maan"),
    asked("chain example.yaml --depth 0"),
    asked("plan example.yaml --owner niemand"),
    asked("labels SA80"),
    asked("lookup"),
    asked("lookup Kongo"),
    asked("lookup Atlantis"),
    asked("lookup Banglades"),
    asked("lookup --sector bla"),
    asked("lookup --good zzz"),
    asked("data wat"),
    asked("schema"),
    asked("schema niets"),
    asked("help scna"),
    asked("version weer"),
    asked("convert nergens.csv"),
    asked("convert lijst.csv -o lijst.csv", lijst_csv=LIST),
    asked("convert lijst.csv -o new.yaml", lijst_csv=LIST, new_yaml=MILL),
    asked("diff example.yaml"),
    asked("diff example.yaml nergens.yaml"),
    asked("diff git:HEAD:nergens.yaml example.yaml"),
    asked("diff git:v99:oud/chain.yaml oud/chain.yaml"),
    asked("history example.yaml"),
    asked("history nergens.yaml"),
    asked("init nergens"),
    asked("init .", chain_yaml=MILL),
    # hostile and broken inventories
    *(inventory(path.name, path.read_bytes()) for path in sorted(HOSTILE.glob("*.yaml"))),
    inventory("every kind of fault", (REFUSED / "every-kind.yaml").read_bytes()),
    *(
        inventory(f"bad {path.name}", path.read_bytes())
        for path in sorted((SCHEMAS / "inventory" / "bad").glob("*.yaml"))
    ),
    inventory("empty", ""),
    inventory("blank", "\n\n"),
    inventory("no mapping", "- een\n- twee\n"),
    inventory("unclosed", "imvo: 1\ncompany: {name: [\n"),
    inventory("tab", "imvo: 1\n\tcompany: x\n"),
    inventory("key twice", "imvo: 1\nimvo: 1\n"),
    inventory("tag", "imvo: !!python/object:os.system x\n"),
    inventory("anchor", "imvo: &a 1\ncompany: *b\n"),
    inventory(
        "bomb",
        "a: &a [x, x]\n"
        + "".join(
            f"{k}: &{k} [*{chr(ord(k) - 1)}, *{chr(ord(k) - 1)}]\n" for k in "bcdefghijklmnopqrst"
        ),
    ),
    inventory("documents", MILL + "---\n" + MILL),
    inventory("deep", "imvo: " + "[" * 500),
    inventory("nul", b"imvo: 1\x00\n"),
    inventory("latin-1", "imvo: 1\ncompany: {name: Caf\xe9}\n".encode("latin-1")),
    inventory("utf-16", MILL.encode("utf-16")),
    inventory("binary", bytes(range(256)) * 4),
    inventory("control characters", MILL.replace("Moulin", "Mou\x07lin")),
    inventory("id twice", MILL + MILL.removeprefix(HEAD)),
    inventory("supplies itself", HEAD + "  - {id: mo, name: M, supplies: [mo]}\n"),
    inventory(
        "circle",
        HEAD + "  - {id: a, name: A, supplies: [b]}\n  - {id: b, name: B, supplies: [a]}\n",
    ),
    inventory("supplies nobody", HEAD + "  - {id: mo, name: M, supplies: [zz]}\n"),
    inventory("many faults", HEAD + "".join(f"  - {{id: m{n}, naam: M}}\n" for n in range(60))),
    # values of every kind
    supplier("country: Kongo"),
    supplier("country: Atlantis"),
    supplier("country: Banglades"),
    supplier("country: 12"),
    supplier("country: [NL]"),
    supplier("sector: bla"),
    supplier("sector: A"),
    supplier("sector: 14.13"),
    supplier("sector: nace:99.99"),
    supplier("goods: [zzz]"),
    supplier("goods: knoop"),
    supplier("tier: 0"),
    supplier("tier: eerste"),
    supplier("workers: 12.000"),
    supplier("workers: -1"),
    supplier("workers: veel"),
    supplier("spend: 1e999"),
    supplier("flags: [rush]"),
    supplier("naam: x"),
    supplier("os_id: TR1"),
    supplier("incidents: [{risk: child-labour}]"),
    supplier("incidents: [{risk: kind, date: 2026-13, source_type: krant}]"),
    supplier("incidents: [{risk: child-labour, date: 2030-01, source_type: audit, what: x}]"),
    supplier(
        "incidents: [{risk: child-labour, date: 2026, source_type: audit, what: x, due: 2025}]"
    ),
    supplier("hours: {week: 200, date: 2026-03, source_type: audit}"),
    supplier("wages: {paid: 100, currency: ZZZ, period: month, date: 2026-03, source_type: audit}"),
    supplier("wages: {paid: 100, date: 2026-03, source_type: audit}"),
    supplier("workforce: {women: 120, date: 2026-03, source_type: audit}"),
    supplier("labels: [{label: Zomaar, proof: certificate}]"),
    supplier("labels: [{label: SA8000, proof: belofte}]"),
    supplier("dialogue: [{state: agreement, date: 2026-01}, {state: discuss, date: 2025-01}]"),
    supplier("controls: [{kind: training, risks: [living-wage], date: 2026, source_type: audit}]"),
    supplier("aggravators: [{risk: child-labour, what: niets, reason: x}]"),
    supplier("actions: [{risk: child-labour, what: x, state: ooit}]"),
    supplier("made_with: [{good: katoen, country: Atlantis}]"),
    supplier("remedy: [{risk: child-labour}]"),
    # lists
    listed("empty", ""),
    listed("one cell", "x\n"),
    listed("headers alone", "Naam;Land\n"),
    listed("no names", "Datum;Bedrag\n2026-01-01;12\n2026-01-02;13\n"),
    listed("not a list", "Beste meneer,\n\nHierbij de stukken.\n"),
    listed("no countries", "Naam;Plaats\nMoulin;Rieur\nPapier;Ergens\n"),
    listed("ragged", "Naam;Land\nMoulin;BD;x;y;z\nPapier\n"),
    listed("quote never closed", 'Naam;Land\n"Moulin;BD\nPapier;NL\n'),
    listed("headers twice", "Naam;Naam;Land;Land\nA;B;BD;NL\n"),
    Case(
        "list: broken workbook", ("scan", "lijst.xlsx"), {"lijst.xlsx": b"PK\x03\x04" + b"x" * 99}
    ),
    Case(
        "list: broken old workbook",
        ("scan", "lijst.xls"),
        {"lijst.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600},
    ),
    Case("list: broken parquet", ("scan", "lijst.parquet"), {"lijst.parquet": b"PAR1xxxxPAR1"}),
    Case("list: broken json", ("scan", "lijst.json"), {"lijst.json": b'[{"naam": '}),
    Case("list: a pdf", ("scan", "lijst.pdf"), {"lijst.pdf": b"%PDF-1.7\n"}),
    # settings, waivers, baselines, reports
    *(settings(path.read_text()) for path in sorted((SCHEMAS / "config" / "bad").iterdir())),
    settings("fail_on: P5\n"),
    settings("faal: P1\n"),
    settings("lang: fr\n"),
    settings("top: veel\n"),
    settings("- x\n"),
    settings("a: [\n"),
    settings("output: {csv: ../../weg.csv}\n"),
    settings("vandaag: ooit\n"),
    Case(
        "settings: toml",
        ("scan", "chain.yaml"),
        {"chain.yaml": MILL, "pyproject.toml": "[tool.imvo-scan]\nfaal = 1\n"},
    ),
    Case(
        "settings: broken toml",
        ("scan", "chain.yaml"),
        {"chain.yaml": MILL, "pyproject.toml": "[tool.imvo-scan]\ntop = \n"},
    ),
    *(waived(path.read_text()) for path in sorted((SCHEMAS / "waivers" / "bad").iterdir())),
    waived(""),
    waived("waivers: {}\n"),
    waived("waivers: [{finding: mo, reason: x, approver: y, expires: 2026-12-31}]\n"),
    waived("waivers: [{finding: '*/*', reason: x, approver: y, expires: ooit}]\n"),
    waived("waivers: [{finding: mo/child-labour, reason: x, approver: y, expires: 2046-12-31}]\n"),
    *(based(path.read_text()) for path in sorted((SCHEMAS / "baseline" / "bad").iterdir())),
    based((HOSTILE / "baseline-list-label.json").read_text()),
    based("{"),
    based("[]"),
    based("[" * 2000),
    Case(
        "report: another version",
        ("diff", "a.json", "chain.yaml"),
        {"a.json": '{"schema_version": "99"}', "chain.yaml": MILL},
    ),
    Case("report: broken", ("diff", "a.json", "chain.yaml"), {"a.json": "{", "chain.yaml": MILL}),
    # tables of one's own
    table("countries.yaml", "countries: {ZZ: {en: Zzz}}\n"),
    table("countries.yaml", "countries: [\n"),
    table("sectors.yaml", "textiles: {en: Textiles, kleur: rood}\n"),
    table("country_risks.yaml", "version: x\nrisks: []\ncountries: {BD: [9]}\n"),
    table("sector_risks.yaml", "textiles: {child-labour: {rating: 9}}\n"),
    table("goods_risks.yaml", "lists: {}\ngoods: {katoen: {BD: [zomaar]}}\n"),
    table("labels.yaml", "SA8000: {type: zomaar}\n"),
    table("measures.yaml", "measures: {m: {owner: niemand}}\n"),
    table("controls.yaml", "controls: {c: {}}\n"),
    table("sources.yaml", "s: {}\n"),
    table("risks.yaml", "child-labour: {}\n"),
    table("edition.yaml", "edition: []\n"),
    table("zomaar.yaml", "x: 1\n"),
]
"""What is wrong, of every room."""

"""`imvo-scan lookup`: what is known of a country, a sector or a good, without an inventory."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from imvo_scan.cli.destinations import standard_output
from imvo_scan.cli.options import AsJson, TableOptions
from imvo_scan.cli.remarks import remark
from imvo_scan.cli.session import settings_of
from imvo_scan.cli.speech import speaker
from imvo_scan.core.errors import UsageError
from imvo_scan.core.exit_codes import Exit
from imvo_scan.core.message import message
from imvo_scan.core.version import __version__

if TYPE_CHECKING:
    from imvo_scan.core.matching import NotFound
    from imvo_scan.evidence import Evidence
    from imvo_scan.inventory import Supplier


def lookup(
    options: TableOptions,
    country: Annotated[
        str | None, typer.Argument(metavar="[COUNTRY]", help="help.lookup-country")
    ] = None,
    good: Annotated[list[str] | None, typer.Option(metavar="GOOD", help="help.lookup-good")] = None,
    sector: Annotated[str | None, typer.Option(metavar="SECTOR", help="help.lookup-sector")] = None,
    region: Annotated[str | None, typer.Option(metavar="REGION", help="help.lookup-region")] = None,
    as_json: AsJson = False,
) -> Exit:
    """Show what is known of a country, sector or good: nine risks, worst first, with sources."""
    from imvo_scan.evidence import load_evidence
    from imvo_scan.output.pages.lookup import Lookup

    settings = settings_of(options).settings
    if country is None and sector is None and not good:
        raise UsageError.of(message("cli.nothing-to-look-up"), message("cli.name-what-to-look-up"))
    evidence = load_evidence(settings.data)
    place = _place(evidence, country, sector, tuple(good or ()), region)
    page = Lookup(evidence, place, speaker())
    write = page.write_json if as_json else page.write_text
    write(standard_output(), __version__)
    for notice in page.notices:
        remark(notice)
    return Exit.OK


def _place(
    evidence: Evidence,
    country: str | None,
    sector: str | None,
    goods: tuple[str, ...],
    region: str | None,
) -> Supplier:
    """What was asked for, in codes; the sector of a good where none is named."""
    from imvo_scan.inventory import Supplier

    taxonomy = evidence.taxonomy
    code = _code(taxonomy.countries.find(country)) if country else None
    key = _code(taxonomy.sectors.find(sector)) if sector else None
    for text in goods:
        good = _code(taxonomy.goods.find(text))
        key = key or taxonomy.goods.goods[good].sector
    return Supplier("lookup", "", code, key, region=region, goods=goods)


def _code(meaning: str | NotFound) -> str:
    """The key that was found. Raises `UsageError` with what would be right."""
    if isinstance(meaning, str):
        return meaning
    raise UsageError.of(meaning.what, meaning.hint)

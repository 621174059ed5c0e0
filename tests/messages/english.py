"""Finds English words in what is said in Dutch.

English is every word of the English catalogue, and the commonest words of the language. Some of
them Dutch has too, and some are codes and keys that stay as they are in every language. What is no
sentence of ours is taken out first: names of files and options, codes, what the tables cite as
their sources wrote it, and what the person wrote.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib import import_module
from itertools import chain
from typing import Any, NamedTuple
from xml.etree import ElementTree as ET

from imvo_scan.chain.roll_up import Dimension
from imvo_scan.cli import COMMANDS
from imvo_scan.cli.data import DataCommand
from imvo_scan.cli.schema import HOMES
from imvo_scan.core.language import CATALOGUES
from imvo_scan.documents import strict_yaml
from imvo_scan.importer.columns.headers import load_header_vocabulary
from imvo_scan.output import FORMATS
from imvo_scan.settings.choices import ColorChoice
from imvo_scan.settings.settings import NAMES
from tests.conftest import ROOT
from tools.compile_catalogues import read, texts

WORD = re.compile(r"(?<![^\W_])[^\W\d_]{3,}(?![^\W_])")
COMMONEST = frozenset(
    WORD.findall(
        """
        about after again also and any are been before being below between both but buyer
        can cannot could does done each either else empty every few find for found free from
        give given has have held here his how into its just keep kind less like line list
        made make many may mean means more most much must need needs neither new none
        not nothing now old one only other others our out over own read reads row rows said
        same say says see seen sheet should since sites some still such than that the
        their them then there these they this those through too under until used very was what
        when where which while who whom whose why will with within without works would write
        written yet you your
        """
    )
)
BOTH = frozenset(
    WORD.findall(
        """
        alias auditors backslash band baseline begin byte code commit commits contract
        database document editors effect git gzip hand incident indicator inherent item land
        lang later letter letters markdown matrix minimum norm nul open over parquet past per
        plan post postcode postcodes record records repository rest rev scan schema score
        sector sha shell spreadsheet sqlite stand stop tab tabs tag tags vector website zip
        """
    )
)
"""Words that Dutch and English share, and names of things that Dutch has no other word for."""

FILES = ("columns", "error", "false", "ods", "true", "xlsx")
"""What stands in files, and their endings."""

PLURAL = 2
VERSION = re.compile(r"\b(imvo-scan \d\S*|20\d\d\.\d\d\b|v\d\S*)")
ISO_DAY = re.compile(r"(?<![\w-])[12]\d{3}-(?:0[1-9]|1[0-2])(?:-[0-3]\d)?(?![\w-])")
AS_IT_IS_WRITTEN = re.compile(
    r"`[^`\n]*`|'[^'\n]*'|\bals [\d-]+(?: of [\d-]+)?|(?:expires|granted): [\d-]+"
)
ENGLISH_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:[1-9]\d{0,2}(?:,\d{3})+(?= [^\W\d_])|\d+\.\d{1,2})(?![\w.,]\d|\d)"
)

NO_SENTENCE = re.compile(
    r"""
    https?://\S+
    | (?<!\S)--?[a-z][\w-]*(=\S+)?     # an option
    | ::[a-z]+[ ]                    # a command for GitHub's runner
    | `[^`\n]*` | (?<!\w)'[^'\n]*'(?!\w)  # what is quoted stands as it is written
    | (?!\d+\.\d+(?![\w.]))[\w*-]+(?:[.:/_=@\[\]*-]+[\w*]+)+ # a file, a path, a code
    | >[ ][\w\[\]]+                    # a part of a path in a file
    | Open[ ]Supply[ ]Hub | Nationaal[ ]Contactpunt[ ]OESO-richtlijnen | CNV[ ]Internationaal
    | git[ ]fetch | pip[ ]install | git[ ]zegt:.*  # commands, and the words of another program
    | \b[A-Z][A-Z_]+\b                 # a variable, a constant
    """,
    re.VERBOSE,
)


def texts_of(language: str) -> dict[str, str]:
    """Each code with its text, the places of its values left blank."""
    return {
        code: re.sub(r"\{[^}]*\}", " 9 ", " ; ".join(forms))
        for code, forms in texts(read(CATALOGUES / f"{language}.po")).items()
    }


def words_of(sentence: str) -> list[str]:
    """The words of a sentence in small letters, without what is no sentence."""
    return WORD.findall(NO_SENTENCE.sub(" ", sentence).lower())


class Quote(NamedTuple):
    """A text that somebody else wrote, in small letters to look for and as it is taken out."""

    small: str
    pattern: re.Pattern[str]


@cache
def english() -> frozenset[str]:
    """The words that betray an English sentence."""
    catalogue = chain.from_iterable(map(words_of, texts_of("en").values()))
    return (frozenset(catalogue) - keys_and_codes() | COMMONEST) - BOTH


@cache
def keys_and_codes() -> frozenset[str]:
    """What is written in files and on the command line, the same in every language."""
    schemas = [import_module(home).json_schema() for home in HOMES.values()]
    sectors: Any = strict_yaml.load(ROOT / "data" / "sectors.yaml").data
    codes = (*COMMANDS, *HOMES, *FORMATS, *NAMES.values(), *Dimension, *ColorChoice, *DataCommand)
    fields = load_header_vocabulary(ROOT / "data" / "spreadsheet").fields.values()
    return frozenset(
        (*chain.from_iterable(map(_names_in, schemas)), *sectors, *codes, *fields, *FILES)
    )


def _names_in(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from schema.get("properties", ())
        yield from map(str, schema.get("enum", ()))
        schema = list(schema.values())
    if isinstance(schema, list):
        yield from chain.from_iterable(map(_names_in, schema))


@cache
def cited(language: str = "nl") -> tuple[Quote, ...]:
    """What the tables quote: reasons, titles and names that have no other in the language."""
    files = (ROOT / "data").rglob("*.yaml")
    tables = [strict_yaml.load(path).data for path in files]
    return quotes(chain.from_iterable(quoted_in(one, language) for one in tables))


@cache
def names_in_english() -> tuple[Quote, ...]:
    """What the tables call countries, sectors, goods and risks where a language has no names."""
    files = ("countries", "goods", "risks", "sectors")
    tables = [strict_yaml.load(ROOT / "data" / f"{name}.yaml").data for name in files]
    return quotes(chain.from_iterable(map(_english_names, tables)), shortest=0)


def _english_names(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (one for key, one in value.items() if key == "en" and isinstance(one, str))
        yield from chain.from_iterable(map(_english_names, value.values()))


def quoted_in(value: Any, language: str = "nl") -> Iterator[str]:
    """The texts in a table or an inventory; of what is named in the language, that name alone."""
    if isinstance(value, str):
        yield " ".join(value.split())
    elif isinstance(value, dict | list):
        parts = value if isinstance(value, list) else _names(value, language).values()
        yield from chain.from_iterable(quoted_in(one, language) for one in parts)


def _names(value: dict[str, Any], language: str) -> dict[str, Any]:
    return {key: one for key, one in value.items() if key != "en" or language not in value}


def quotes(quoted: Iterable[str], shortest: int = 8) -> tuple[Quote, ...]:
    """Texts to be taken out: those of more than a word, or also short ones where asked for."""
    plain = {one.rstrip(".") for one in quoted if " " in one.strip() or not shortest}
    ordered = sorted(one for one in plain if len(one) >= shortest)
    return tuple(
        Quote(one.lower(), re.compile(rf"(?<![\w-]){re.escape(one)}(?![\w-])", re.IGNORECASE))
        for one in ordered
    )


def sentences_in(text: str) -> str:
    """What a person reads in an output of any format: cells and values that are no single word."""
    if text.startswith("<?xml"):
        nodes = list(ET.fromstring(text).iter())  # noqa: S314 - our own output
        values = chain.from_iterable((*node.attrib.values(), node.text or "") for node in nodes)
        return "\n".join(values)
    if text.lstrip()[:1] in ("{", "["):
        try:
            return "\n".join(one for one in quoted_in(json.loads(text)) if " " in one)
        except ValueError:
            return text
    for separator in ",;":
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=separator))
        if len(rows) > 1 and min(map(len, rows)) > 3:
            return "\n".join(cell for row in rows for cell in row if " " in cell)
    return text


def without(text: str, quoted: Iterable[Quote]) -> str:
    """A text with what is quoted taken out, however its first letter is written."""
    small = text.lower()
    for one in quoted:
        if one.small in small:
            text = one.pattern.sub(" … ", text)
            small = text.lower()
    return text


def ours(text: str, quoted: Iterable[Quote] = (), language: str = "nl") -> str:
    """What we say ourselves in an output, without what it quotes."""
    sentences = re.sub(r"\\([^A-Za-z0-9\s])", r"\1", sentences_in(text))  # Markdown's own signs
    longest_first = sorted((*quoted, *cited(language)), key=lambda one: -len(one.small))
    return without(sentences.replace("[@]", "@"), longest_first)


def lines_with(wrong: Callable[[str], Iterable[str]], text: str) -> list[str]:
    """What is wrong in a text, each with the line in which it stands."""
    return [
        f"{one}: {' '.join(line.split())[:200]}"
        for line in text.splitlines()
        for one in dict.fromkeys(wrong(line))
    ]


def english_in(line: str) -> list[str]:
    """The English words in a line."""
    return [word for word in words_of(line) if word in english()]


def foreign_in(line: str) -> list[str]:
    """The numbers, days and plurals in a line that are not written as Dutch writes them."""
    plain = NO_SENTENCE.sub(" ", VERSION.sub(" ", line))
    days = ISO_DAY.findall(VERSION.sub(" ", AS_IT_IS_WRITTEN.sub(" ", line)))
    return [*days, *ENGLISH_NUMBER.findall(plain), *one_of_several().findall(plain)]


@cache
def one_of_several() -> re.Pattern[str]:
    """`1 locaties` and `2 locatie`, of every noun that a plural of the catalogue counts."""
    single, several = set[str](), set[str]()
    for forms in texts(read(CATALOGUES / "nl.po")).values():
        if len(forms) == PLURAL:
            one, more = (set(re.findall(r"\{n\} ([^\W\d]+)", form)) for form in forms)
            single |= one - more
            several |= more - one
    return re.compile(
        rf"(?<![\d.,/:-])1 (?:{'|'.join(sorted(several - single))})\b"
        rf"|(?<![\d.,/:-])(?:0|[2-9]|\d[\d.]*\d) (?:{'|'.join(sorted(single - several))})\b"
    )

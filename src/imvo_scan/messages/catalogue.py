"""The sentences of one language: a gettext catalogue by code, made from `catalogues/LANGUAGE.po`.

gettext and its `.po` files are what translators and their programs know, with plural rules; babel
compiles them (`tools/compile_catalogues.py`), and only complete ones, so every `.mo` here can be
spoken. Reading one takes about two milliseconds.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from imvo_scan.core.errors import UsageError
from imvo_scan.core.language import CATALOGUES, languages
from imvo_scan.core.message import message


@cache
def catalogue_of(language: str, folder: Path = CATALOGUES) -> NullTranslations:
    """The catalogue of a language. Raises `UsageError` where there is no complete one."""
    known = languages(folder)
    if not known:
        return NullTranslations()  # a broken installation says codes, and says no more of it
    if language not in known:
        what = message("settings.language-unknown", language=language)
        raise UsageError.of(what, message("hint.known", choices=known))
    with (folder / f"{language}.mo").open("rb") as file:
        return GNUTranslations(file)

"""In which language the person at the command line is spoken to.

It is settled before anything else is read, since help and errors are in it too; the settings have
the last word.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from imvo_scan.core.language import ENGLISH, languages
from imvo_scan.core.message import Text
from imvo_scan.messages.speaker import Speaker

_OPTION, _VARIABLE, _END_OF_OPTIONS = "--lang", "IMVO_SCAN_LANG", "--"
_speaker = Speaker()


def language_of(arguments: Sequence[str], environment: Mapping[str, str] = os.environ) -> str:
    """The language that a command line asks for, else the environment, else English.

    One that is not known is English here; the settings refuse it.
    """
    asked = environment.get(_VARIABLE, "").strip()
    for number, argument in enumerate(arguments):
        if argument == _END_OF_OPTIONS:
            break
        if argument == _OPTION:
            asked = next(iter(arguments[number + 1 :]), "")
        elif argument.startswith(f"{_OPTION}="):
            asked = argument.removeprefix(f"{_OPTION}=")
    return asked if asked in languages() else ENGLISH


def speak(language: str) -> None:
    """Speak this language from now on."""
    global _speaker  # noqa: PLW0603 - one process speaks one language to one person
    _speaker = Speaker(language)


def speaker() -> Speaker:
    """Who speaks to the person at the command line."""
    return _speaker


def tell(told: Text) -> str:
    """A message in the language of the person at the command line."""
    return _speaker.tell(told)

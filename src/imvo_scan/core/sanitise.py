"""Text from outside made harmless, wherever it is printed: the one place that does it.

Nothing a supplier is called may move a cursor, turn text around, hide in it, start a formula, or be
a command to what reads our lines: GitHub and Azure take `##[...]` and `##vso[...]` anywhere in a
line, TeamCity `##teamcity[...]`, GitHub `::...` also behind blanks.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import IO, Any

SHOWN = "\ufffd"  # what stands for a sign that cannot be seen, so that it is seen

# Controls (C0, C1), half characters, separators of lines, and what Unicode calls
# Default_Ignorable_Code_Point: letters and signs that are drawn as nothing. U+2800 and U+FFF9-FFFB
# are no members of it and as blank.
_UNSEEN_SIGNS = (
    "\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufdd0-\ufdef\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNSEEN = re.compile(f"[{_UNSEEN_SIGNS}]")
_JOINERS = frozenset("\u200c\u200d")
# Scripts in which a joiner changes how its neighbours are drawn: Arabic and Syriac, those of India,
# Myanmar, Khmer, Mongolian.
_JOINED = re.compile("[\u0620-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af]")
_COMMAND = re.compile(r":(?=:)|#(?=#[\w.-]*\[)")
_LINE_COMMAND = re.compile(r"^([^\S\n]*):(?=:)|#(?=#[\w.-]*\[)", re.MULTILINE)

_SIGNS = "=+-@\uff1d\uff0b\uff0d\uff20"  # what begins a formula; the last four: full width
_OPENS = (
    rf"(?='*(?:[^\S\t]|\")*[{re.escape(_SIGNS)}])"  # a cell that begins so is a formula, or may be
)
_FORMULA = re.compile(rf"(^|[,;\t]){_OPENS}")
_GUARDED = re.compile(rf"(^|[,;\t])'{_OPENS}")
_OPENERS = frozenset(f"{_SIGNS}'\" ")
_LINKED = re.compile(r":(?=//)|(?<=www)\.|@|#(?=\d)|(?<=\bgh)-(?=\d)", re.IGNORECASE)
# A commit is known by seven signs of its name or more. One of them a letter: numbers of sites and
# suppliers are as long, and next to no commit is called by digits alone.
_COMMIT = re.compile(r"(?<![^\W_])[0-9a-f]{7,}")
_KNOWN_BY, _LONGEST_COMMIT = 7, 40


def clean(text: str) -> str:
    """`text` on one line and in full view: without control, invisible and direction signs.

    Line ends and tabs become a space. A joiner (U+200C, U+200D) between two letters of a script
    that needs it stays: Persian and Hindi names are misspelt without. What would be a command to a
    workflow runner is made none, wherever it stands.
    """
    if not (text.isascii() and text.isprintable()):
        text = _UNSEEN.sub(_in_view, text)
    if "::" in text or "##" in text:
        text = _COMMAND.sub(SHOWN, text)
    return text


def _in_view(match: re.Match[str]) -> str:
    if match[0] in "\t\n\r":
        return " "
    return match[0] if is_joint(match) else SHOWN


def is_joint(match: re.Match[str]) -> bool:
    """Whether a sign is a joiner between two letters, or marks on them, that it bears on."""
    at, text = match.start(), match.string
    return (
        match[0] in _JOINERS
        and 0 < at < len(text) - 1
        and all(
            _JOINED.match(char)
            and not _UNSEEN.match(char)
            and unicodedata.category(char)[0] in "LM"
            for char in (text[at - 1], text[at + 1])
        )
    )


def commandless(text: str) -> str:
    """Lines of text in which no workflow runner finds a command; nothing else is changed."""
    if "::" in text or "##" in text:
        return _LINE_COMMAND.sub(lambda match: f"{match[1] or ''}{SHOWN}", text)
    return text


def cell(text: str) -> str:
    """`text` as a cell of which no spreadsheet makes a formula, also where it is cut further.

    A reader that takes `;` or tabs for what separates cells cuts ours again and does not see our
    quotation marks. So an apostrophe stands wherever one of the three separators, or the
    beginning, is followed by = + - or @. `unguarded` takes it away again.
    """
    text = clean(text)
    if text[:1] in _OPENERS or "," in text or ";" in text:
        return _FORMULA.sub(r"\1'", text)
    return text


def unguarded(text: str) -> str:
    """A text without the apostrophes that `cell` sets."""
    return _GUARDED.sub(r"\1", text) if "'" in text else text


def unlinked(text: str) -> str:
    """`text` of which no platform makes a link or a mention: `https[:]//`, `[@]name`, `GH[-]12`.

    Nor one to a commit: `a5c378[5]ed8d6`.
    So do those who write of dangerous addresses: it stays readable, and is made whole by hand.
    """
    text = clean(text)
    text = text.replace("](", "] (")  # a link in SARIF
    text = _COMMIT.sub(_in_pieces, text)
    return _LINKED.sub(r"[\g<0>]", text) if _LINKED.search(text) else text


def _in_pieces(match: re.Match[str]) -> str:
    """The name of a commit with brackets around every seventh sign; a number stays as it is."""
    following = match.string[match.end() : match.end() + 1]
    if match[0].isdigit() or following.isalnum() or len(match[0]) > _LONGEST_COMMIT:
        return match[0]
    signs = (f"[{sign}]" if n % _KNOWN_BY == 0 else sign for n, sign in enumerate(match[0], 1))
    return "".join(signs)


def json_text(document: Any, indent: int | None = None) -> str:
    """A document as JSON that can be printed anywhere and says exactly the same when it is read.

    What cannot be seen, and what a workflow runner would read as a command, is written by number.
    """
    text = json.dumps(document, indent=indent, ensure_ascii=False)
    text = _UNSEEN.sub(_in_json, text)
    return text.replace("##", "#\\u0023") if "##" in text else text


def _in_json(match: re.Match[str]) -> str:
    """A sign as JSON writes it; the line ends of an indented text stay."""
    return match[0] if match[0] == "\n" or is_joint(match) else json.dumps(match[0])[1:-1]


def is_in_view(text: str) -> bool:
    """Whether no sign in a text is invisible, a control or half a character."""
    return not _UNSEEN.search(text)


def yaml_quoted(text: str) -> str:
    """A text in double quotes as YAML reads it, with escapes for the same signs as `json_text`."""
    quoted = _UNSEEN.sub(_in_yaml, json.dumps(text, ensure_ascii=False))
    return quoted.replace("##", "#\\x23")


def _in_yaml(match: re.Match[str]) -> str:
    return match[0] if is_joint(match) else f"\\U{ord(match[0]):08x}"


class CommandlessStream:
    """A text stream for people through which no command reaches a workflow runner."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        """Write lines, made harmless."""
        return self._stream.write(commandless(text))

    def writelines(self, lines: Any) -> None:
        """Write each of some texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

"""One more entry at the end of a list in a YAML text, of which every other sign stays as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping

from yaml import SafeLoader, compose
from yaml.nodes import MappingNode, Node, SequenceNode

from imvo_scan.core.sanitise import yaml_quoted
from imvo_scan.documents.yaml_text import scalar

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_INDENT = 2


class NoListError(ValueError):
    """A text without a list under the key."""


def with_entry(text: str, key: str, entry: Mapping[str, str]) -> str:
    """A valid YAML text with an entry added to the list under a key, in the style of that list.

    The rest keeps its comments and its order. Raises `NoListError` where there is no such list.
    """
    root = compose(text, SafeLoader)
    if not isinstance(root, MappingNode):
        raise NoListError(key)
    lists = [value for name, value in root.value if name.value == key]
    if not lists or not isinstance(lists[0], SequenceNode):
        raise NoListError(key)
    listed = lists[0]
    end_of_line = "\r\n" if "\r\n" in text else "\n"
    start, end = listed.start_mark.index, listed.end_mark.index
    if not listed.flow_style:
        lines = _lines(entry, listed.start_mark.column, end_of_line)
        return _at_line(text, end, lines, end_of_line)
    if listed.value or root.flow_style or "#" in text[start:end]:
        return _in_brackets(text, listed, entry)
    emptied = text[:start].rstrip() + text[end:]
    after = emptied.find("\n", len(text[:start].rstrip()))
    lines = _lines(entry, _INDENT, end_of_line)
    return _at_line(emptied, len(emptied) if after < 0 else after + 1, lines, end_of_line)


def new_list(key: str, entry: Mapping[str, str]) -> str:
    """The text of a file that holds a list of one entry under a key."""
    lines = _lines(entry, _INDENT, "\n")
    return f"{key}:\n{lines}"


def _lines(entry: Mapping[str, str], indent: int, end_of_line: str) -> str:
    """An entry of a list, a line a key."""
    blank = " " * indent
    lines = [f"{key}: {_written(value)}" for key, value in entry.items()]
    return "".join(
        f"{blank}{'- ' if number == 0 else '  '}{line}{end_of_line}"
        for number, line in enumerate(lines)
    )


def _written(text: str) -> str:
    return text if _DAY.fullmatch(text) else scalar(text)


def _at_line(text: str, place: int, lines: str, end_of_line: str) -> str:
    before = text[:place]
    gap = "" if not before or before.endswith("\n") else end_of_line
    return f"{before}{gap}{lines}{text[place:]}"


def _in_brackets(text: str, listed: Node, entry: Mapping[str, str]) -> str:
    """The text with the entry before the bracket that closes the list."""
    close = listed.end_mark.index - 1
    since_last = text[listed.value[-1].end_mark.index : close] if listed.value else ","
    signs = "".join(line.partition("#")[0] for line in since_last.splitlines())
    comma = "" if "," in signs else ", "
    pairs = ", ".join(f"{key}: {yaml_quoted(value)}" for key, value in entry.items())
    return f"{text[:close]}{comma}{{{pairs}}}{text[close:]}"

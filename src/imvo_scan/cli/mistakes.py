"""A command line that typer refuses, said in the language of the person and with what is right.

typer's own errors cannot be named, for their home moved from one version to the next; they are told
apart by what they carry.
"""

from __future__ import annotations

import re
from typing import Any

from imvo_scan.cli.help_layout import placeholders
from imvo_scan.core.matching import did_you_mean, known
from imvo_scan.core.message import Message, Text, message

_VALUE = re.compile(r": '?(.*?)'? is not (?:a|in|one) ")
_EXTRA = re.compile(r" \((.*)\)\Z", re.DOTALL)
_FLAGS = ("--help", "--version")


def mistake(error: Any) -> Message:
    """What is wrong with a command line, after the command it was meant for."""
    context = error.ctx
    command = context.command_path if context else "imvo-scan"
    return message("problem.line", place=command, what=_what(error))


def _what(error: Any) -> Text:
    kind, option = type(error).__name__, str(getattr(error, "option_name", ""))
    if kind == "NoSuchOption":
        return _unknown(option, error.ctx)
    if kind == "BadOptionUsage":
        flag = "not take a value" in error.format_message()  # nothing else tells it from the other
        return message("usage.no-value" if flag else "usage.needs-value", option=option)
    if kind == "MissingParameter":
        return message("usage.missing", name=placeholders(error.param.human_readable_name))
    if kind == "BadParameter":
        return _unfit(error)
    extra = _EXTRA.search(error.format_message())
    return message("usage.extra", names=extra[1]) if extra else str(error.format_message())


def _unknown(option: str, context: Any) -> Message:
    """An option that there is not, and the one that was meant."""
    names = [name for one in context.command.params for name in (*one.opts, *one.secondary_opts)]
    options = sorted({name for name in (*names, *_FLAGS) if name.startswith("--")})
    hint = did_you_mean(option, options) or known(options)
    return message("usage.unknown", option=option, hint=hint)


def _unfit(error: Any) -> Text:
    """A value that an option cannot have, and what it can."""
    value = _VALUE.search(error.format_message())
    if value is None:
        return str(error.format_message())
    return message("usage.unfit", option=_name(error.param), value=value[1], hint=_fit(error.param))


def _name(parameter: Any) -> str:
    option = parameter.param_type_name == "option"
    return max(parameter.opts, key=len) if option else placeholders(parameter.human_readable_name)


def _fit(parameter: Any) -> Message:
    choices = getattr(parameter.type, "choices", None)
    if choices:
        return message(
            "hint.known", choices=tuple(str(getattr(one, "value", one)) for one in choices)
        )
    least = getattr(parameter.type, "min", None)
    if least is not None:
        return message("usage.whole-from", n=least)
    return message("usage.whole")

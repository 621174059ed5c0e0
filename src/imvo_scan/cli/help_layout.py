"""Help pages in the language of the person: typer lays them out, and the sentences are messages.

A command and an option state the code of their help text where typer wants the text itself.
"""

from __future__ import annotations

import re
from typing import Any

from typer.core import TyperCommand, TyperGroup

from imvo_scan.cli.speech import tell
from imvo_scan.core.message import message

_PLACEHOLDER = re.compile(r"[A-Z]{3,}")
_OF_TYPER = {
    "help": "help.show-help",
    "install_completion": "help.install-completion",
    "show_completion": "help.show-completion",
}
"""The options that typer declares itself."""


class _HelpPage:
    """The parts of a help page that commands and the program share."""

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """The line that shows the form of a command."""
        pieces = " ".join(map(placeholders, self.collect_usage_pieces(ctx)))  # type: ignore[attr-defined]
        formatter.write_usage(ctx.command_path, pieces, prefix=f"{_say('help.usage')} ")

    def format_help_text(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002 - typer's form
        """What the command is for."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(_say(self.help))  # type: ignore[attr-defined]

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - a line is folded, not cut
        """What the command is for, in the list of all commands."""
        return _say(self.help)  # type: ignore[attr-defined]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The arguments and options, a line each."""
        rows: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
        for parameter in self.get_params(ctx):  # type: ignore[attr-defined]
            rows[parameter.param_type_name].append(_row(parameter, ctx))
        for kind, title in (("argument", "help.arguments"), ("option", "help.options")):
            if rows[kind]:
                with formatter.section(_say(title)):
                    formatter.write_dl(rows[kind])


class HelpfulCommand(_HelpPage, TyperCommand):
    """A command with its help in the language of the person."""


class HelpfulGroup(_HelpPage, TyperGroup):
    """The program, which lists its commands after its options."""

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """The options of the program, and its commands."""
        super().format_options(ctx, formatter)
        with formatter.section(_say("help.commands")):
            formatter.write_dl(
                [(name, one.get_short_help_str()) for name, one in self.commands.items()]
            )


def _row(parameter: Any, ctx: Any) -> tuple[str, str]:
    """How an argument or option is written, and what it is for."""
    shown, _ = parameter.get_help_record(ctx)
    least = getattr(parameter.type, "min", None)
    text = _say(_OF_TYPER.get(parameter.name, parameter.help))
    return placeholders(shown), text if least is None else f"{text}  [>={least}]"


def placeholders(shown: str) -> str:
    """`FILE` and the like, which stand for a word of the user's own, in the language."""
    return _PLACEHOLDER.sub(lambda one: _say(f"placeholder.{one[0].lower()}"), shown)


def _say(code: str) -> str:
    return tell(message(code))

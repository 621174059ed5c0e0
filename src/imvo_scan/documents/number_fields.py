"""Numbers of an inventory that can be read in one way only, as pydantic checks them.

They are made of plain core schemas, so that the ready-made checks of `checking` hold them too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pydantic_core import core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema

WHOLE_NUMBER = "whole_number"
AMOUNT = "amount"
"""The kinds of error for a text that is no such number, or can be two."""

# One to three digits, a point and three more could be thousands; behind a 0, or four, they cannot.
_DECIMALS = r"(?:0{1,15}\.D{1,6}|[0-9]{4,15}\.D{1,6}|[0-9]{1,3}\.(?:D{1,2}|D{4,6}))"
_WHOLE = rf"^\s*[+-]?(?:[0-9]+(?:_[0-9]+)*|{_DECIMALS.replace('D', '0')})\s*$"
_AMOUNT = rf"^(?:[0-9]{{1,15}}|{_DECIMALS.replace('D', '[0-9]')})$"


@dataclass(frozen=True)
class Whole:
    """A whole number from `least` to `most`, in digits."""

    least: int
    most: int | None = None

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Text in digits, or a number, within the bounds."""
        text = core_schema.str_schema(pattern=_WHOLE, strict=True)
        number = core_schema.int_schema(strict=True)
        either = core_schema.union_schema([text, number], mode="left_to_right")
        bounds = core_schema.int_schema(ge=self.least, le=self.most)
        return core_schema.chain_schema([_or_error(either, WHOLE_NUMBER), bounds])

    def __get_pydantic_json_schema__(
        self, _: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A JSON Schema knows numbers; how they are written is beyond it."""
        return handler(core_schema.int_schema(ge=self.least, le=self.most))


@dataclass(frozen=True)
class Amount:
    """An amount of money as text, in digits and a point."""

    def __get_pydantic_core_schema__(self, _: Any, __: GetCoreSchemaHandler) -> CoreSchema:
        """Text that is kept as it is."""
        return _or_error(core_schema.str_schema(pattern=_AMOUNT), AMOUNT)


def _or_error(schema: CoreSchema, kind: str) -> CoreSchema:
    return core_schema.custom_error_schema(schema, kind, custom_error_message=kind)

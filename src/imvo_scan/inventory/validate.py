"""Checking what was written: quickly where that is enough, by the full model otherwise.

Importing pydantic and building the model costs more than scanning fifty suppliers. So the plain
part of the model is kept ready-made in `plain_model.json`, made from the model itself by
`tools/build_plain_model.py`, and pydantic's core runs it alone. It only ever accepts: whatever it
does not accept goes to the full model, which also says what is wrong.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from pydantic_core import SchemaError, SchemaValidator, ValidationError

from imvo_scan.inventory.plain_model import plain_model

if TYPE_CHECKING:
    from imvo_scan.documents.fault import Fault

Check = Callable[[Any], Any]


class RefusedError(Exception):
    """What was written does not fit the model; carries every fault."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__()
        self.faults = faults


def supplier_check() -> Callable[[Any], dict[str, Any]]:
    """A function that checks and converts a supplier as written. It raises `RefusedError`."""
    accept = quick("supplier")

    def check(value: Any) -> dict[str, Any]:
        try:
            return accept(value)  # type: ignore[no-any-return]
        except ValidationError:
            return _full("SupplierEntry", value)  # type: ignore[no-any-return]

    return check


def check_head(value: Any) -> dict[str, Any]:
    """An inventory without the items of its suppliers. Raises `RefusedError`."""
    try:
        return quick("head")(value)  # type: ignore[no-any-return]
    except ValidationError:
        return _full("InventoryEntry", value)  # type: ignore[no-any-return]


@cache
def quick(name: str) -> Check:
    """The ready-made check, or one that accepts nothing where this pydantic cannot run it."""
    try:
        return SchemaValidator(plain_model(name)).validate_python
    except SchemaError:
        return SchemaValidator({"type": "literal", "expected": ["\0"]}).validate_python


def _full(name: str, value: Any) -> Any:
    from imvo_scan.documents.explain_errors import faults
    from imvo_scan.inventory import schema as model

    shape = getattr(model, name)
    try:
        return _adapter(name).validate_python(value)
    except ValidationError as error:
        raise RefusedError(tuple(faults(error, value, shape))) from None


@cache
def _adapter(name: str) -> Any:
    from pydantic import TypeAdapter

    from imvo_scan.inventory import schema as model

    return TypeAdapter(getattr(model, name))

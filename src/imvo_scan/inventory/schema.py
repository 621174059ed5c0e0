"""The shape of an inventory file, made from the declarations of its fields.

A supplier and a company are checked as plain mappings, because a list may hold a hundred thousand
of them; `build` makes values of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import MISSING
from types import NoneType
from typing import Annotated, Any, Required, get_args

from pydantic import ConfigDict, Field, TypeAdapter
from pydantic.fields import FieldInfo
from typing_extensions import TypedDict

from imvo_scan.documents.number_fields import Whole
from imvo_scan.inventory.declaration import (
    FieldDeclaration,
    annotated,
    holds_model,
    keys_of,
    shape_written,
)
from imvo_scan.inventory.entities import Buyer, Supplier
from imvo_scan.inventory.facts import Action
from imvo_scan.inventory.redaction_rules import rules_of


def _entry(
    name: str, declared: Iterable[FieldDeclaration], doc: str = "", title: str | None = None
) -> Any:
    """The shape of a group of keys: a typed dictionary that pydantic checks."""
    make: Any = TypedDict  # the type checker knows only those whose keys are written out
    shape = make(name, {one.name: _key(one) for one in declared}, total=False)
    shape.__pydantic_config__ = ConfigDict(extra="forbid", title=title)
    shape.__doc__ = doc or None
    return shape


def _key(field: FieldDeclaration) -> Any:
    """The type of a key. Null says as little as no key, but where the key must be there."""
    hint = shape_written(field)
    nullable = NoneType in get_args(hint)
    needed = field.default is MISSING and not nullable
    described = [one for one in field.marks if isinstance(one, FieldInfo)]
    checked = [one for one in field.marks if not isinstance(one, FieldInfo)]
    hint = annotated(hint, checked)
    hint = annotated(hint if needed or nullable else hint | None, described)
    return Required[hint] if needed else hint


def _plain(shape: type) -> Iterator[FieldDeclaration]:
    """The keys of most: words and numbers, no groups of keys."""
    return (key for key in keys_of(shape) if not holds_model(shape_written(key)))


for _shape in (Supplier, Buyer, Action):
    rules_of(_shape)  # nothing can be written of which nobody decided what the public is told

PlainCompanyEntry = _entry("PlainCompanyEntry", _plain(Buyer))
PlainSupplierEntry = _entry("PlainSupplierEntry", _plain(Supplier))
CompanyEntry = _entry(
    "CompanyEntry",
    keys_of(Buyer),
    """The company whose chain this is; tier 0. It is scanned where it states country and sector.

    `policy` and the rest are what it evidences of the six steps of due diligence.
    """,
    title="Company",
)
SupplierEntry = _entry(
    "SupplierEntry",
    keys_of(Supplier),
    "One supplier as written: one production site in one country.",
    title="Supplier",
)


class InventoryEntry(TypedDict, total=False):
    """An inventory: a company, its suppliers, and what is done about the findings."""

    __pydantic_config__ = ConfigDict(extra="forbid", title="imvo-scan inventory")  # type: ignore[misc]

    imvo: Required[Annotated[int, Whole(1, 1), Field(description="Version of this format.")]]
    company: Required[CompanyEntry]  # type: ignore[valid-type] # made above
    suppliers: Required[tuple[SupplierEntry, ...]]  # type: ignore[valid-type] # made above
    actions: Annotated[tuple[Action, ...] | None, Field(description="The improvement plan.")]


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an inventory file."""
    dialect = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": dialect, **TypeAdapter(InventoryEntry).json_schema()}

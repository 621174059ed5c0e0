"""An inventory that says a canary wherever a person can write one, made by walking the fields.

No field is named but those whose words must be ones that the tables know, so that a field that is
added is filled, and looked for, without a word here.
"""

from __future__ import annotations

import json
from enum import Enum
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel

from imvo_scan.core.risks import Risk
from imvo_scan.documents.number_fields import Amount, Whole
from imvo_scan.inventory.declaration import FieldDeclaration, fields_of, keys_of, only
from imvo_scan.inventory.declaration import shape_written as shape_of
from imvo_scan.inventory.entities import Buyer, Supplier
from imvo_scan.inventory.facts import Action
from imvo_scan.inventory.marks import Public

CANARY = "Canary"
NUMBER = 98765
OS_ID = "CN2021250D1DTN7"
SECRETS = (CANARY, str(NUMBER), f"{NUMBER:,}", f"{NUMBER:,}".replace(",", "."), OS_ID)
_OF_THE_TABLES = {
    "SiteAggravator.what": "fire-or-structural",
    "Control.kind": "independent-union",
    "Practice.practice": "short-lead-times",
    "Action.measure": "violence-hotline",
    "Covenant.name": "International Accord",
    "Buyer.name": "Us",
    "country": "BD",
    "sector": "textiles",
    "goods_sector": "textiles",
    "currency": "EUR",
    "expires": "never",
    "granted": "2026-01-01",
    "Incident.status": "remedied",  # only then may a file say who verified it
    "os_id": OS_ID,
}
_DAY = "2026-05"


def inventory_text(goods_sector: str = "textiles") -> str:
    """Two suppliers with every key that there is, as JSON, which is YAML too."""
    planted = {**_entry(Supplier), "goods_sector": goods_sector}
    plain = {"id": f"{CANARY}-2", "name": CANARY, "country": "IN", "sector": "textiles", "tier": 2}
    return json.dumps(
        {
            "imvo": 1,
            "company": _entry(Buyer),
            "suppliers": [planted, plain],
            "actions": [_entry(Action)],
        },
        indent=1,
    )


def _entry(shape: type) -> dict[str, Any]:
    fields = fields_of(shape) if issubclass(shape, BaseModel) else keys_of(shape)
    values = {one.name: _value(one, shape) for one in fields}
    if shape is Supplier:
        values |= {"id": f"{CANARY}-1", "supplies": ["company"]}
        del values["tier"]  # whom it supplies says it
    return values


def _value(field: FieldDeclaration, shape: type) -> Any:
    names = (f"{shape.__name__}.{field.name}", field.name)
    known = [_OF_THE_TABLES[name] for name in names if name in _OF_THE_TABLES]
    hint = Annotated[(shape_of(field), *field.marks)] if field.marks else shape_of(field)
    return known[0] if known else _of(hint, field.mark(Public), names[0])


def _of(hint: Any, mark: Public | None, place: str) -> Any:
    """A value that the type accepts, with the canary wherever it takes words."""
    marks = getattr(hint, "__metadata__", ())
    mark = next((one for one in reversed(marks) if isinstance(one, Public)), mark)
    base = only(get_args(hint)[0] if get_origin(hint) is Annotated else hint)
    if get_origin(base) is Annotated:
        return _of(base, mark, place)
    if get_origin(base) is tuple:
        return [_of(get_args(base)[0], mark, place)]
    closed = _closed(base)
    return _plain(marks, mark, place) if closed is None else closed


def _closed(base: Any) -> Any:
    """A value of a closed set, or a group of keys; None where the type takes words or numbers."""
    if get_origin(base) is Literal:
        return get_args(base)[0]
    if base is bool:
        return True
    if issubclass(base, BaseModel):
        return _entry(base)
    if issubclass(base, Enum):
        return Risk.UNSAFE_WORK.value if base is Risk else next(iter(base)).value
    return None


def _plain(marks: tuple[Any, ...], mark: Public | None, place: str) -> Any:
    for bounds in (one for one in marks if isinstance(one, Whole)):
        least = bounds.least + 29 if bounds.least == 2000 else max(4, bounds.least)
        return NUMBER if mark is not Public.TOLD else least
    if any(isinstance(one, Amount) for one in marks):
        return NUMBER if mark is not Public.TOLD else "4"
    if mark is Public.TOLD:
        assert any("dated" in repr(one) for one in marks), f"{place}: name a word of the tables"
        return _DAY
    words = {
        Public.RENAMED: f"{CANARY}-2",
        Public.FINDING: f"{CANARY}-1/unsafe-work",
        Public.RISK: f"{CANARY}*",
    }
    return words.get(mark, f"{CANARY} {place}") if mark else f"{CANARY} {place}"

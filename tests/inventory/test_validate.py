"""The ready-made check: made from the model, and never of another opinion than the model."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from imvo_scan.inventory import plain_model
from imvo_scan.inventory import validate as checking
from imvo_scan.inventory.schema import InventoryEntry, SupplierEntry
from tests.conftest import needs_locked
from tools import build_plain_model

FULL: TypeAdapter[Any] = TypeAdapter(SupplierEntry)
TEXT = st.sampled_from(["", " ", "x", " Mill ", "a b", "0", "1", "99", "100", "-1", "1e5", "12.5"])
VALUE = TEXT | st.none() | st.lists(TEXT, max_size=2) | st.text(max_size=5)
FLAGS = st.lists(st.sampled_from(["rush-orders", "home-work", "nonsense", ""]), max_size=2)
KEYS = ("id", "name", "country", "region", "sector", "goods_sector", "tier", "supplies", "goods")
ENTRY = st.fixed_dictionaries(
    {"name": TEXT},
    optional=dict.fromkeys((*KEYS[:1], *KEYS[2:], "workers", "spend", "note", "made_up"), VALUE)
    | {"flags": FLAGS},
)


def by_the_model(value: object) -> object:
    """What the full model makes of a supplier, or None where it refuses."""
    try:
        return FULL.validate_python(value)
    except ValidationError:
        return None


def test_the_ready_made_check_is_that_of_the_model() -> None:
    """plain_model.json is what tools/build_plain_model.py makes of the model today."""
    needs_locked("pydantic")
    assert plain_model.PLAIN_MODEL.read_text(encoding="utf-8") == build_plain_model.plain_model()


@given(ENTRY)
def test_quick_and_full_agree_on_every_supplier(value: dict[str, object]) -> None:
    """The same suppliers are accepted, with the same values; what is refused says why."""
    expected = by_the_model(value)
    try:
        found: object = checking.supplier_check()(value)
    except checking.RefusedError as refused:
        found = None if refused.faults else "refused without a reason"
    assert found == expected


@pytest.mark.parametrize("value", [None, [], "x", {}, {"imvo": "1"}, {"imvo": "1", "company": {}}])
def test_a_head_that_the_model_refuses_is_refused(value: object) -> None:
    """The quick check lets nothing pass that the model would not."""
    with pytest.raises(ValidationError):
        TypeAdapter(InventoryEntry).validate_python(value)
    with pytest.raises(checking.RefusedError):
        checking.check_head(value)


def test_an_unknown_core_falls_back_to_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where this pydantic cannot run the ready-made check, the full model decides alone."""
    monkeypatch.setattr(checking, "plain_model", lambda _: {"type": "from-the-future"})
    checking.quick.cache_clear()
    try:
        assert checking.supplier_check()({"name": "Mill"}) == {"name": "Mill"}
    finally:
        checking.quick.cache_clear()

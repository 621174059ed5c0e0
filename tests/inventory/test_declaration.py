"""A field is declared once: what has no mark of what the public is told cannot be told."""

from __future__ import annotations

from typing import Annotated, Any

import pytest
from pydantic import create_model

from imvo_scan.inventory import declaration, facts, field_types
from imvo_scan.inventory.entities import Buyer, Relations, SiteFacts, Steps, Supplier
from imvo_scan.inventory.marks import WITHHELD, Public
from imvo_scan.inventory.plain_model import plain_model
from imvo_scan.inventory.redaction import silent
from imvo_scan.inventory.redaction_rules import rules_of
from imvo_scan.output.finding_columns import COLUMNS

SHAPES = (*facts.Fact.__subclasses__(), SiteFacts, Relations, Supplier, Steps, Buyer)


def made_up(hint: Any) -> type[facts.Fact]:
    """A fact with one field more than it has."""
    return create_model("MadeUp", __base__=facts.DialogueStep, told_by=(hint, None))


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_every_field_says_what_the_public_is_told(shape: type) -> None:
    """Or is of a type that holds no words of people; which nobody need list."""
    rules_of(shape)


@pytest.mark.parametrize(
    "hint",
    [
        str,
        str | None,
        int,
        float | None,
        tuple[str, ...],
        tuple[bool, str],
        dict[str, str],
        Any,
        field_types.Word,
        field_types.Id | None,
        bool | str,
    ],
    ids=repr,
)
def test_a_field_without_a_mark_is_refused(hint: Any) -> None:
    """Before anything is told, and by its name."""
    with pytest.raises(TypeError, match=r"MadeUp\.told_by"):
        rules_of(made_up(hint))


@pytest.mark.parametrize("hint", [field_types.Text, field_types.Text | None], ids=repr)
def test_a_new_text_is_withheld(hint: Any) -> None:
    """Whatever it is called and wherever it stands."""
    shape = made_up(hint)
    step = shape.model_validate({"state": "discuss", "date": "2026", "told_by": "Rahima"})
    assert silent(step) == step.model_copy(update={"told_by": WITHHELD})


def test_the_mark_nearest_to_the_field_decides() -> None:
    """A type that is told may be withheld where it stands for something else."""
    shape = made_up(Annotated[field_types.TableWord, Public.WITHHELD])
    step = shape.model_validate({"state": "discuss", "date": "2026", "told_by": "Rahima"})
    assert "Rahima" not in repr(silent(step))


def test_what_must_be_there_cannot_be_left_out() -> None:
    """A value without a default has nothing to stand in its place."""
    shape = create_model("MadeUp", __base__=facts.Fact, who=(Annotated[str, Public.LEFT_OUT], ...))
    with pytest.raises(TypeError, match=r"MadeUp\.who cannot be left out"):
        rules_of(shape)


def test_columns_stand_where_they_stood() -> None:
    """Lists and reports that others read by their columns stay readable."""
    assert declaration.list_columns()[:14] == [
        "id", "name", "country", "region", "address", "sector", "goods_sector", "tier",
        "supplies", "goods", "workers", "spend", "flags", "os_id",
    ]  # fmt: skip
    assert set(dict(declaration.finding_columns())) <= set(COLUMNS)


def test_what_is_ready_made_is_what_is_declared() -> None:
    """A scan reads the ready-made file, everything else the declarations."""
    assert plain_model("list_columns") == declaration.list_columns()
    assert list(map(tuple, plain_model("finding_columns"))) == declaration.finding_columns()
    for whose, shape in (("company", Buyer), ("supplier", Supplier)):
        assert list(map(tuple, plain_model("coded")[whose])) == declaration.coded_keys(shape)

"""One more entry in a list of a YAML text: it is read back, and every other sign stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from imvo_scan.documents import strict_yaml
from imvo_scan.documents.yaml_append import NoListError, new_list, with_entry

ENTRY = {
    "finding": "mill/child-labour",
    "reason": 'A "plan": # no, really',
    "granted": "2026-03-01",
}
TEXTS = [
    "waivers: []",
    "waivers: []\n# the end\n",
    "# top\nwaivers: []   # none yet\n#  - finding: x\n",
    "waivers: [\n]\n",
    "waivers: [ # none yet\n]\n",
    "waivers:\n  - {a: b}\n",
    "waivers:\n- a: b  # why\n  c: d\n# the end",
    "waivers:\n      - a: b\n        c: |\n          several\n          lines\n",
    "waivers:\n  - a: b\n\n\n",
    "---\nwaivers:\n  - a: b\n...\n",
    "waivers: [{a: b}, {c: d}]\n",
    "waivers: [{a: b},]",
    "waivers: [\n  {a: b}, # one, two\n  {c: d} # last, it is\n]\n",
    "waivers: [\n  {a: b}, # last, it is\n]\n",
    "{waivers: [{a: 'b]'}]}",
    "{waivers: []}",
    '"waivers":\n  - {a: "# ]"}\n',
    "waivers:\r\n  - a: b\r\n# end\r\n",
    "\ufeffwaivers:\n  - a: b\n",
]


def read(text: str) -> list[object]:
    """The entries of a text."""
    data = strict_yaml.load_bytes(text.encode(), "x.yaml").data
    assert isinstance(data, dict)
    entries = data["waivers"]
    assert isinstance(entries, list)
    return list(entries)


@pytest.mark.parametrize("text", TEXTS)
def test_the_entry_comes_last_and_the_rest_stays(text: str) -> None:
    """In every style, and again after itself; comments and line ends are kept."""
    once = with_entry(text, "waivers", ENTRY)
    assert read(once) == [*read(text), ENTRY]
    twice = with_entry(once, "waivers", ENTRY)
    assert read(twice) == [*read(text), ENTRY, ENTRY]
    remaining = iter(twice)
    assert all(
        sign in remaining
        for sign in text.replace("[]", "").replace("[\n]", "")
        if not sign.isspace()
    )
    assert ("\r\n" in text) is ("\r\n" in once)
    if "\r\n" in text:
        assert once.count("\n") == once.count("\r\n")


@pytest.mark.parametrize(
    "text", ["", "# only this\n", "waivers:\n", "waivers: {}\n", "[]", "other: []\n"]
)
def test_no_list_is_no_place(text: str) -> None:
    """Nothing is guessed."""
    with pytest.raises(NoListError):
        with_entry(text, "waivers", ENTRY)


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1),
    st.sampled_from(TEXTS),
)
def test_any_words_come_back_as_they_were(words: str, text: str) -> None:
    """Whatever they hold, they are one text and end no list."""
    entry = {"reason": words}
    assert read(with_entry(text, "waivers", entry)) == [*read(text), entry]
    assert read(new_list("waivers", entry)) == [entry]

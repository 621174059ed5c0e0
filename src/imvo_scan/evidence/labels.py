"""Labels and audit schemes: what each covers, and its answers to seven questions (METHOD 5)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from imvo_scan.core.data_dir import Folder
from imvo_scan.core.matching import normal
from imvo_scan.documents import tables
from imvo_scan.documents.fault import Fault
from imvo_scan.documents.tables import Claim
from imvo_scan.evidence.label_rows import Label

LABELS_TABLE = "labels.yaml"


@dataclass(frozen=True)
class Labels:
    """All labels that are known, by key and by every name."""

    by_key: Mapping[str, Label]
    by_name: Mapping[str, str]

    def find(self, text: str) -> Label | None:
        """The label that a text means; None where it is not known, which is no error."""
        key = self.by_name.get(normal(text))
        return None if key is None else self.by_key[key]


def load_labels(directory: Folder) -> Labels:
    """Read the labels. Raises `EvidenceError` for an entry that is not whole."""
    labels = tables.read(directory / LABELS_TABLE, dict[str, Label], _check)
    return Labels(labels, tables.index(_claims(labels)))


def _claims(labels: Mapping[str, Label]) -> Iterator[Claim]:
    for key, label in labels.items():
        for text in (key, label.name, *label.aliases):
            yield (key, "aliases"), normal(text), key


def _check(labels: Mapping[str, Label]) -> Iterator[Fault]:
    return tables.clashes(_claims(labels))

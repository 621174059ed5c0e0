"""What one row becomes: a site, the company itself, or the reason why it is neither."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from imvo_scan.core.message import Message
from imvo_scan.importer.rows.remarks import Remarks
from imvo_scan.inventory.entities import Supplier


class ListSite(NamedTuple):
    """A site as a row says it, and what identifies it among the others.

    `supplier` has no id yet: that takes all rows. `own_id` is the list's own id, `street` the
    address as far as it is no city; `parents` and `path` (the names from the company to the site)
    say whom it supplies. `content` is the same for rows that say the same in all that is read;
    `unread` differs where columns differ that are not read.
    """

    supplier: Supplier
    own_id: str
    address: str
    street: str
    gaps: tuple[str, ...]
    parents: tuple[str, ...]
    path: str
    notes: tuple[Message, ...]
    content: bytes
    unread: int


class ListCompany(NamedTuple):
    """What a report of imvo-scan says of the company itself, which is no supplier."""

    country: str | None
    sector: str | None


class NotKept(NamedTuple):
    """Why a row becomes no site."""

    reason: Message


Outcome: TypeAlias = ListSite | ListCompany | NotKept | None


class RowResult(NamedTuple):
    """What became of a row, and what there is to say of it. The outcome of a blank row is None."""

    number: int
    outcome: Outcome
    remarks: Remarks = ()

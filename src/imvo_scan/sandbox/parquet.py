"""Parquet through pyarrow: a record inside a record is what it is called, a list one cell."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from imvo_scan.sandbox.page import Page
from imvo_scan.sandbox.unreadable import UnreadableError, reason

_BATCH = 5_000
_DAMAGED = UnreadableError(reason("sandbox.parquet-damaged"), reason("sandbox.export-again"))


def pages(raw: bytes) -> list[Page]:
    """The one table of a Parquet file, its column names as the first row.

    Raises `UnreadableError`.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    pa.set_cpu_count(1)  # each thread reserves memory of its own
    pa.set_io_thread_count(1)
    try:
        file = pq.ParquetFile(io.BytesIO(raw))
        header = list(file.schema_arrow.names)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with it, one line says so
        raise _DAMAGED from None

    def rows() -> Iterator[list[Any]]:
        yield header
        try:
            for batch in file.iter_batches(batch_size=_BATCH, use_threads=False):
                for record in batch.to_pylist():
                    yield [cell(_known(record.get(column))) for column in header]
        except (MemoryError, GeneratorExit):
            raise
        except Exception:  # noqa: BLE001 - a page may be damaged where the footer is whole
            raise _DAMAGED from None

    return [Page("", rows, total=file.metadata.num_rows)]


def _known(value: Any) -> Any:
    """A value; nothing for NaN, by which tables of numbers say that a cell is empty."""
    return None if isinstance(value, float) and value != value else value  # noqa: PLR0124


def cell(value: Any) -> Any:
    """A value as one cell: a list of words with bars, a list of records as what they are called."""
    if isinstance(value, list | tuple):
        return "|".join(str(cell(entry)) for entry in value if entry not in (None, ""))
    if isinstance(value, dict):
        known = (value.get(key) for key in ("id", "name", "code", "value"))
        return next((str(entry) for entry in known if entry not in (None, "")), "")
    return value

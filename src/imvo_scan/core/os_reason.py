"""Why the system could not do something, in words that every language has."""

from __future__ import annotations

import errno

from imvo_scan.core.file_bytes import TooLargeError
from imvo_scan.core.message import Text, message

_KNOWN = {
    errno.EACCES: "os.no-permission",
    errno.EAGAIN: "os.nothing-yet",
    errno.EBADF: "os.closed",
    errno.EEXIST: "os.exists",
    errno.EFBIG: "os.too-large",
    errno.EIO: "os.disk-fault",
    errno.EISDIR: "os.is-a-folder",
    errno.ELOOP: "os.circular-links",
    errno.EMFILE: "os.too-many-open",
    errno.ENAMETOOLONG: "os.name-too-long",
    errno.ENOENT: "os.not-there",
    errno.ENOMEM: "os.no-memory",
    errno.ENOSPC: "os.disk-full",
    errno.ENOTDIR: "os.no-folder",
    errno.EPERM: "os.not-permitted",
    errno.EROFS: "os.read-only",
}


def reason_of(error: OSError) -> Text:
    """The reason in a few words; what is rare stays in the words of the system."""
    if isinstance(error, TooLargeError):
        return error.reason
    code = _KNOWN.get(error.errno or 0)
    return message(code) if code else error.strerror or str(error)

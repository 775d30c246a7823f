"""Time in the format of the records."""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> str:
    """The current time in ISO 8601, in UTC with milliseconds."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

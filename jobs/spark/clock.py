"""Time as the records say it."""

from __future__ import annotations

from datetime import datetime, timezone


def now() -> str:
    """ISO 8601 in UTC with milliseconds."""
    return datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")

"""The commit record of a batch: lake/records/bronze.ts describes it."""

from __future__ import annotations

from collections.abc import Iterable

from gaps import Gaps, Missing
from offsets import Ranges
from spark.clock import now
from summary import Summary, TopicSummary
from topic_ids import Switch


def _by_partition(gaps: Gaps, topic: str) -> dict[str, list[dict[str, int]]]:
    return {
        str(partition): [{"from": first, "until": until} for first, until in parts]
        for partition, parts in sorted(gaps.get(topic, {}).items())
    }


def build_record(
    batch_id: int, started_at: str, ranges: Ranges, missing: Missing, summary: Summary, files: Iterable[str]
) -> dict:
    """`files` are paths under the lake's root, `<layer>/<topic>/…`."""
    by_topic: dict[str, list[str]] = {}
    for file in files:
        by_topic.setdefault(file.split("/")[1], []).append(file)
    topics = {}
    # A topic's offsets may have advanced without a row: transaction markers take offsets too.
    for topic in sorted({*ranges, *summary.topics}):
        counts = summary.topics.get(topic, TopicSummary())
        topics[topic] = {
            "offsets": {
                str(partition): {"from": first, "until": until}
                for partition, (first, until) in sorted(ranges.get(topic, {}).items())
            },
            "skipped": _by_partition(missing.skipped, topic),
            "lost": _by_partition(missing.lost, topic),
            "bronzeRows": counts.bronze_rows,
            "quarantineRows": counts.quarantine_rows,
            "eventDays": dict(sorted(counts.event_days.items())),
            "arrivals": {str(second): rows for second, rows in sorted(counts.arrivals.items())},
            "files": by_topic.get(topic, []),
        }
    return {
        "step": "bronze",
        "batchId": batch_id,
        "startedAt": started_at,
        "committedAt": now(),
        "topics": topics,
    }


def build_switch(switch: Switch) -> dict:
    """The record of a switch: a batch without rows, after which topics are read from their beginning."""
    at = now()
    return {
        "step": "bronze",
        "batchId": switch.batch_id,
        "startedAt": at,
        "committedAt": at,
        "topics": {},
        "readAnew": switch.read_anew,
    }

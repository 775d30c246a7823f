"""
Silver: each run takes bronze's new batches, adds their events to the facts, and accounts for every event.
"""

from __future__ import annotations

import sys
import time
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from bronze_batches import BronzeBatches, NewBatches
from corrections import correct_amounts
from dbt_build import Built, Failure
from dimensions import Dimensions
from layer import Layer
from silver_record import new_record, of_newest
from spark.clock import now
from spark.cost import Cost
from staged import Placement

# A run fails as a whole when it would set aside more than this share of its rows and more than this number.
_most_broken_share = 0.01
_most_broken = 100

_attempts = 3


def _say(text: str) -> None:
    print(f"silver: {text}", file=sys.stderr, flush=True)


class Silver:
    """Updates dimensions every `dimensions_every_seconds`, and when bronze is quiet for `quiet_seconds`."""

    def __init__(self, layer: Layer, dimensions_every_seconds: float, quiet_seconds: float) -> None:
        self._layer = layer
        self._new_at = time.monotonic()
        self._each_run = layer.project.group("each_run")
        self._bronze = BronzeBatches(layer.hdfs, layer.lake, layer.contract)
        self._dimensions = Dimensions(layer, dimensions_every_seconds, quiet_seconds)
        # The catalogue's fingerprint when the waiting transactions were last tried.
        self._priced_by: str | None = None

    def _of_newest(self, name: str, otherwise: Any) -> Any:
        return of_newest(self._layer, name, otherwise)

    def run(self, until_batch: int | None) -> list[dict[str, Any]]:
        """
        Takes what bronze has committed since silver's newest record, up to batch `until_batch`. Returns the
        log line, or nothing when nothing is new.

        Raises RunFailed, MissingReference, Superseded.
        """
        cost = Cost(self._layer.session)
        catalogue = self._layer.views.reference()
        batches = self._bronze.after(self._of_newest("bronzeThrough", -1), until_batch)
        if batches is not None:
            self._new_at = time.monotonic()
        if self._dimensions.are_due(catalogue, self._new_at):
            if catalogue != self._of_newest("catalogue", None):
                self._dimensions.note_added(correct_amounts(self._layer))
            self._dimensions.build(catalogue)
        waiting = self._of_newest("waiting", 0)
        if batches is None:
            if waiting == 0 or catalogue == self._priced_by:
                return []
            batches = NewBatches(())
        run, started_at = self._layer.next_run, now()
        built, counts = self._build(run, batches)
        placed = self._layer.staged(run)
        self._require_all(run, batches, counts, placed)
        record = new_record(self._layer, run, started_at, placed, built)
        record["bronzeThrough"] = batches.through(record["bronzeThrough"])
        record["excluded"] = _by_topic(counts, lambda verdict: verdict not in ("accepted", "waiting"))
        record["waiting"] = sum(rows for (_, verdict, _), rows in counts.items() if verdict == "waiting")
        self._layer.commit(run, placed, record)
        self._dimensions.note_added(record)
        self._priced_by = catalogue
        line = {
            "step": "silver",
            "run": run,
            **cost.line(),
            "bronzeThrough": record["bronzeThrough"],
            "rows": {model: sum(days.values()) for model, days in record["rows"].items()},
            "excluded": record["excluded"],
            "waiting": record["waiting"],
            "modelSeconds": built.seconds,
        }
        return [line]

    def _build(self, run: int, batches: NewBatches) -> tuple[Built, Counter]:
        """Sets aside the rows that a test refuses, and builds again without them."""
        layer = self._layer
        set_aside: dict[str, str] = {}
        days = batches.arrival_days
        look_back = layer.contract.late_limit + layer.contract.future_limit + timedelta(days=1)
        first = (min(days) - look_back).isoformat() if days else "9999-12-31"
        id_days = [day for day in layer.stored["int_event_ids"].days() if day >= first]
        waiting = [file.path for file in layer.stored["int_waiting_transactions"].files()]
        for topic in layer.contract.topics:
            layer.views.bronze(topic, batches.files(topic), waiting if topic == "transaction_events" else [])
        without_rows = [
            topic.fact
            for name, topic in layer.contract.topics.items()
            if batches.rows[name] == 0 and not (name == "transaction_events" and waiting)
        ]
        layer.register_before(self._each_run.before, {"int_event_ids": id_days})
        for _ in range(_attempts):
            layer.begin(run)
            layer.views.set_aside(set_aside)
            built = layer.build(run, "each_run", layer.left_empty(without_rows))
            if not built.failures:
                return built, self._count()
            broken = {event: said for failure in built.failures for event, said in failure.broken.items()}
            set_aside |= broken
            if len(set_aside) > max(_most_broken, _most_broken_share * batches.rows.total()):
                break
            for event, said in list(broken.items())[:_most_broken]:
                _say(f"run {run}: event {event} is set aside: {said}")
        layer.fail(run, list(built.failures))
        raise AssertionError("fail raises")

    def _count(self) -> Counter:
        """The number of events by topic, verdict and day."""
        rows = self._layer.session.sql(
            "select topic, verdict, cast(event_date as string) as day, count(*) as events "
            f"from {self._layer.scratch}.int_arrivals group by topic, verdict, event_date"
        ).collect()
        return Counter({(row["topic"], row["verdict"], row["day"]): row["events"] for row in rows})

    def _require_all(self, run: int, batches: NewBatches, counts: Counter, placed: Placement) -> None:
        """Fails the run unless every event has a verdict, and every accepted event is a row of its fact."""
        failures = []
        waited = Counter({"transaction_events": self._of_newest("waiting", 0)})
        for topic, described in self._layer.contract.topics.items():
            came = batches.rows[topic] + waited[topic]
            judged = sum(rows for (name, _, _), rows in counts.items() if name == topic)
            if judged != came:
                failures.append(
                    Failure(described.fact, f"{came} events of {topic} came, {judged} were looked at", {})
                )
            accepted = {
                day: rows
                for (name, verdict, day), rows in counts.items()
                if (name, verdict) == (topic, "accepted")
            }
            written = dict(placed.rows.get(described.fact, {}))
            if accepted != written:
                failures.append(
                    Failure(
                        described.fact, f"events accepted by day: {accepted}, rows written: {written}", {}
                    )
                )
        if failures:
            self._layer.fail(run, failures)


def _by_topic(counts: Counter, chosen: Any) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (topic, verdict, _), rows in counts.items():
        if chosen(verdict):
            found[topic][verdict] += rows
    return {topic: dict(by_verdict) for topic, by_verdict in sorted(found.items())}

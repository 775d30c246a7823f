"""Silver: each run takes bronze's new batches, adds their events to the facts, and says what became of every one of them."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from bronze_batches import BronzeBatches, NewBatches
from catalog import attach_staging, attach_stored
from dbt_build import Built, Failure
from layer import Layer
from spark.clock import now
from spark.cost import Cost
from spark.journal import Journal
from staged import Placement

# A run that would have to set more of its rows aside than this share, and than this number, is wrong as a whole.
_most_broken_share = 0.01
_most_broken = 100

_attempts = 3

_run_in_name = re.compile(r"/run-(\d+)-")


def _say(text: str) -> None:
    print(f"silver: {text}", file=sys.stderr, flush=True)


class Silver:
    """Dimensions are brought on every `dimensions_every_seconds`, and when nothing else is to be done."""

    def __init__(self, layer: Layer, dimensions_every_seconds: float, quiet_seconds: float) -> None:
        self._layer = layer
        self._every, self._quiet = dimensions_every_seconds, quiet_seconds
        self._new_at = time.monotonic()
        self._bronze = BronzeBatches(layer.hdfs, layer.lake, layer.contract)
        self._groups = {
            name: layer.project.group(name) for name in ("each_run", "rates", "corrections", "dimensions")
        }
        self._dimensions_at = float("-inf")
        # The state of the catalogue in which transactions that wait were last looked at.
        self._priced_by: str | None = None
        # Files of the facts that came since the dimensions were built, by table.
        self._added: dict[str, list[str]] = defaultdict(list)
        for record in layer.journal.read_after(self._of_newest("dimensionsThrough", -1)):
            self._note_added(record)
        self._attach_dimensions()

    def _of_newest(self, name: str, otherwise: Any) -> Any:
        newest = self._layer.newest
        return otherwise if newest is None else newest[name]

    def _note_added(self, record: dict[str, Any]) -> None:
        retired = record["retired"]
        for model, paths in self._added.items():
            self._added[model] = [retired.get(path, path) for path in paths]
        for model, by_day in record["added"].items():
            self._added[model] += [path for paths in by_day.values() for path in paths]

    def run(self, until_batch: int | None) -> list[dict[str, Any]]:
        """
        Takes what bronze has committed since the newest record, `until_batch` at most. Returns what to log; nothing when
        nothing is new.

        Raises RunFailed, MissingReference, Superseded.
        """
        cost = Cost(self._layer.session)
        catalogue = self._layer.views.reference()
        batches = self._bronze.after(self._of_newest("bronzeThrough", -1), until_batch)
        if batches is not None:
            self._new_at = time.monotonic()
        if self._dimensions_due(catalogue):
            self._correct_amounts(catalogue)
            self._build_dimensions(catalogue)
        waiting = self._of_newest("waiting", 0)
        if batches is None:
            if waiting == 0 or catalogue == self._priced_by:
                return []
            batches = NewBatches(())
        run, started_at = self._layer.next_run, now()
        built, counts = self._build(run, batches)
        placed = self._layer.staged(run)
        self._require_all(run, batches, counts, placed)
        record = self._record(run, started_at, placed, built)
        record["bronzeThrough"] = batches.through(record["bronzeThrough"])
        record["excluded"] = _by_topic(counts, lambda verdict: verdict not in ("accepted", "waiting"))
        record["waiting"] = sum(rows for (_, verdict, _), rows in counts.items() if verdict == "waiting")
        self._layer.commit(run, placed, record)
        self._note_added(record)
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

    # --- facts ---

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
        layer.register_before(self._groups["each_run"].before, {"int_event_ids": id_days})
        for _ in range(_attempts):
            layer.begin(run)
            layer.views.set_aside(set_aside)
            built = layer.build(run, "each_run")
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
        """Events by topic, what became of them, and day."""
        rows = self._layer.session.sql(
            "select topic, verdict, cast(event_date as string) as day, count(*) as events "
            f"from {self._layer.scratch}.int_arrivals group by topic, verdict, event_date"
        ).collect()
        return Counter({(row["topic"], row["verdict"], row["day"]): row["events"] for row in rows})

    def _require_all(self, run: int, batches: NewBatches, counts: Counter, placed: Placement) -> None:
        """Every event of bronze must be accounted for, and every one that is accepted be a row of its fact."""
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

    # --- dimensions ---

    def _dimensions_due(self, catalogue: str) -> bool:
        if catalogue != self._of_newest("catalogue", None):
            return True
        at = time.monotonic()
        is_time = at - self._dimensions_at >= self._every or at - self._new_at >= self._quiet
        return bool(self._added) and is_time

    def _attach_dimensions(self) -> None:
        """Between runs a dimension's table is what is in the lake."""
        for model in self._groups["dimensions"].models:
            for file in self._layer.stored[model].files():
                attach_stored(self._layer.session, self._layer.tables[model], self._layer.lake, file.path)

    def _build_dimensions(self, catalogue: str) -> None:
        """A run of its own, whose record leaves bronze's watermark where it is."""
        layer, group = self._layer, self._groups["dimensions"]
        run, started_at = layer.next_run, now()
        same_catalogue = catalogue == self._of_newest("catalogue", None)
        exclude = group.of_catalogue if same_catalogue else ()
        layer.begin(run)
        chosen = [layer.tables[model] for model in group.models if model not in exclude]
        attach_staging(layer.session, chosen, layer.run_folder.rows)
        observed = self._added.get("int_customer_observations", [])
        first_day = min((path.split("event_date=")[1][:10] for path in observed), default="9999-12-31")
        days = {
            file.day
            for file in layer.stored["int_customer_observations"].files()
            if str(file.day) >= first_day
        }
        layer.register_before(group.before, {"int_customer_observations": sorted(map(str, days))})
        for model in group.added:
            layer.views.table(f"added_{model}", layer.tables[model], self._added.get(model, []))
        built = layer.build(run, "dimensions", exclude)
        if built.failures:
            layer.fail(run, list(built.failures))
        placed = layer.staged(run)
        record = self._record(run, started_at, placed, built)
        record["dimensionsThrough"] = run
        record["catalogue"] = catalogue
        layer.commit(run, placed, record, removes=self._no_longer_needed())
        self._attach_dimensions()
        self._added.clear()
        self._dimensions_at = time.monotonic()

    # --- corrections ---

    def _correct_amounts(self, catalogue: str) -> None:
        """When a rate of exchange came late or was changed: the amounts of its days, and by how much each differs."""
        layer = self._layer
        if catalogue == self._of_newest("catalogue", None):
            return
        run, started_at = layer.next_run, now()
        layer.begin(run)
        transactions = layer.stored["fct_transactions"]
        layer.views.transaction_days(sorted(transactions.days()))
        layer.register_before(self._groups["rates"].before, {})
        built = layer.build(run, "rates")
        days = layer.session.sql(
            f"select distinct cast(event_date as string) from {layer.scratch}.int_changed_rates"
        )
        changed = sorted(row[0] for row in days.collect())
        retired = {file.path: _retired(file.path) for file in transactions.files(changed)}
        if changed:
            _say(f"rates of exchange have changed: amounts of {', '.join(changed)} are corrected")
            layer.register_before(self._groups["corrections"].before, {"fct_transactions": changed})
            built = layer.build(run, "corrections")
        if built.failures:
            layer.fail(run, list(built.failures))
        placed = layer.staged(run).as_table("int_corrected_transactions", layer.tables["fct_transactions"])
        record = self._record(run, started_at, placed, built)
        for kind in ("added", "rows"):
            # Their rows are not new: gold takes in the corrections alone.
            record[kind].pop("fct_transactions", None)
        record["retired"] = retired
        layer.commit(run, placed, record, retired)
        self._note_added(record)

    def _no_longer_needed(self) -> list[str]:
        """Retired files whose rows gold has taken, on all days and in its lifetime figures."""
        layer = self._layer
        folder = f"{layer.lake}/{_retired('')}"
        if not layer.hdfs.exists(folder):
            return []
        gold = Journal(layer.hdfs, layer.contract.step("gold", layer.lake))
        newest = gold.newest()
        through = -1 if newest is None else min(gold.read(newest)["through"].values())
        return [
            path[len(layer.lake) + 1 :]
            for path in layer.hdfs.files_below(folder)
            if int(_run_in_name.findall(path)[-1]) <= through
        ]

    # --- records ---

    def _record(self, run: int, started_at: str, placed: Placement, built: Built) -> dict[str, Any]:
        """What the run added; watermarks stay where they were."""
        whole = dict(self._of_newest("whole", {}))
        added: dict[str, dict[str, list[str]]] = {}
        rows: dict[str, dict[str, int]] = {}
        for model, files in placed.files.items():
            storage = self._layer.tables[model].storage
            if storage == "append":
                by_day: dict[str, list[str]] = defaultdict(list)
                for file in files:
                    by_day[str(file.day)].append(file.path)
                added[model] = dict(by_day)
                rows[model] = {str(day): count for day, count in placed.rows[model].items()}
            elif storage == "whole":
                whole[model] = files[0].path
        return {
            "step": "silver",
            "run": run,
            "startedAt": started_at,
            "committedAt": now(),
            "bronzeThrough": self._of_newest("bronzeThrough", -1),
            "added": added,
            "rows": rows,
            "whole": whole,
            "retired": {},
            "excluded": {},
            "dimensionsThrough": self._of_newest("dimensionsThrough", -1),
            "catalogue": self._of_newest("catalogue", ""),
            "waiting": self._of_newest("waiting", 0),
            "tests": {"passed": built.passed, "warned": built.warned},
        }


def _retired(path: str) -> str:
    """Where a file goes that is no longer of its table; hidden from readers that list files."""
    return f"silver/_retired/{path.removeprefix('silver/')}"


def _by_topic(counts: Counter, chosen: Any) -> dict[str, dict[str, int]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (topic, verdict, _), rows in counts.items():
        if chosen(verdict):
            found[topic][verdict] += rows
    return {topic: dict(by_verdict) for topic, by_verdict in sorted(found.items())}

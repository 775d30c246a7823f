"""Silver's dimensions: updated periodically with what the runs of the facts have added since."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import Any

from catalog import attach_staging, attach_stored
from layer import Layer
from retired_files import no_longer_needed
from silver_record import new_record, of_newest
from spark.clock import now


class Dimensions:
    """
    Dimensions are built when the catalogue has changed. They are also built when runs have added files, and
    either `every_seconds` have passed since the last build or bronze has had nothing new for `quiet_seconds`.
    """

    def __init__(self, silver: Layer, every_seconds: float, quiet_seconds: float) -> None:
        self._silver, self._every, self._quiet = silver, every_seconds, quiet_seconds
        self._group = silver.project.group("dimensions")
        self._built_at = float("-inf")
        # Files that runs have added since the last build, by table.
        self._added: dict[str, list[str]] = defaultdict(list)
        for record in silver.journal.read_after(of_newest(silver, "dimensionsThrough", -1)):
            self.note_added(record)
        self._attach()

    def note_added(self, record: dict[str, Any]) -> None:
        """Notes the files that a run of silver added. `record` is the run's record."""
        retired = record["retired"]
        for model, paths in self._added.items():
            self._added[model] = [retired.get(path, path) for path in paths]
        for model, by_day in record["added"].items():
            self._added[model] += [path for paths in by_day.values() for path in paths]

    def are_due(self, catalogue: str, new_at: float) -> bool:
        """
        Whether the dimensions are to be built now. `catalogue` is what Views.reference returned; `new_at` is
        when bronze last had something new, by the monotonic clock.
        """
        if catalogue != of_newest(self._silver, "catalogue", None):
            return True
        at = time.monotonic()
        is_time = at - self._built_at >= self._every or at - new_at >= self._quiet
        return bool(self._added) and is_time

    def build(self, catalogue: str) -> None:
        """
        Builds the dimensions in a separate run, which leaves bronze's watermark unchanged. Raises RunFailed.
        """
        silver, group = self._silver, self._group
        run, started_at = silver.next_run, now()
        same_catalogue = catalogue == of_newest(silver, "catalogue", None)
        exclude = group.of_catalogue if same_catalogue else ()
        silver.begin(run)
        chosen = [silver.tables[model] for model in group.models if model not in exclude]
        attach_staging(silver.session, chosen, silver.run_folder.rows)
        observed = self._added.get("int_customer_observations", [])
        first_day = min((path.split("event_date=")[1][:10] for path in observed), default="9999-12-31")
        days = {
            file.day
            for file in silver.stored["int_customer_observations"].files()
            if str(file.day) >= first_day
        }
        silver.register_before(group.before, {"int_customer_observations": sorted(map(str, days))})
        for model in group.added:
            silver.views.table(f"added_{model}", silver.tables[model], self._added.get(model, []))
        built = silver.build(run, "dimensions", exclude)
        if built.failures:
            silver.fail(run, list(built.failures))
        placed = silver.staged(run)
        record = new_record(silver, run, started_at, placed, built)
        record["dimensionsThrough"] = run
        record["catalogue"] = catalogue
        silver.commit(run, placed, record, removes=no_longer_needed(silver))
        self._attach()
        self._added.clear()
        self._built_at = time.monotonic()

    def _attach(self) -> None:
        """Between builds, a dimension's table reads its file in the lake."""
        for model in self._group.models:
            for file in self._silver.stored[model].files():
                attach_stored(self._silver.session, self._silver.tables[model], self._silver.lake, file.path)

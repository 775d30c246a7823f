"""Corrects the amounts of days whose exchange rate arrived late or was changed."""

from __future__ import annotations

import sys
from typing import Any

from layer import Layer
from retired_files import retired
from silver_record import new_record
from spark.clock import now


def correct_amounts(silver: Layer) -> dict[str, Any]:
    """
    One run of silver that rewrites the amounts of such days, and writes by how much each amount changed.
    Returns the run's record.

    Raises RunFailed.
    """
    run, started_at = silver.next_run, now()
    silver.begin(run)
    transactions = silver.stored["fct_transactions"]
    silver.views.transaction_days(sorted(transactions.days()))
    silver.register_before(silver.project.group("rates").before, {})
    built = silver.build(run, "rates")
    days = silver.session.sql(
        f"select distinct cast(event_date as string) from {silver.scratch}.int_changed_rates"
    )
    changed = sorted(row[0] for row in days.collect())
    old_files = {file.path: retired(file.path) for file in transactions.files(changed)}
    if changed:
        print(
            f"silver: rates of exchange have changed: amounts of {', '.join(changed)} are corrected",
            file=sys.stderr,
            flush=True,
        )
        silver.register_before(silver.project.group("corrections").before, {"fct_transactions": changed})
        built = silver.build(run, "corrections")
    if built.failures:
        silver.fail(run, list(built.failures))
    placed = silver.staged(run).as_table("int_corrected_transactions", silver.tables["fct_transactions"])
    record = new_record(silver, run, started_at, placed, built)
    for kind in ("added", "rows"):
        # Rewritten rows are not new rows: gold reads only the corrections.
        record[kind].pop("fct_transactions", None)
    record["retired"] = old_files
    silver.commit(run, placed, record, old_files)
    return record

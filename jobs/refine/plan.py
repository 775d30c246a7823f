"""Which days and months a run rewrites: worked out from the records, before anything is read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bronze_index import BronzeIndex, TopicBatch

# A purchase is scored against what its customer and merchant did in this many days before it.
score_lookback = timedelta(days=30)

# Before the first event: all months are open.
_no_month = date(1970, 1, 1)

_auths = "auth_events"
_status_changes = "status_change_events"
_transactions = "transaction_events"
_listens = "listen_events"


def month_of(day: date) -> date:
    return day.replace(day=1)


@dataclass(frozen=True)
class Plan:
    """
    `days` are those that each model rewrites; a model that is not in it rewrites its whole table. `bronze_days` are those that
    each topic's rows are read of.
    Months before `open_from` are closed, `base_month` is the newest of them: what was until its end stands in the tables of
    months. `closing` are months that the run closes.
    """

    days: dict[str, frozenset[date]]
    bronze_days: dict[str, frozenset[date]]
    open_from: date
    base_month: date | None
    closing: tuple[date, ...]
    next_open_from: date

    @property
    def touched(self) -> frozenset[date]:
        return frozenset().union(*self.days.values())


def make_plan(
    index: BronzeIndex,
    facts: dict[str, str],
    new: list[TopicBatch],
    open_from: date | None,
) -> Plan:
    """
    What follows from the batches `new`, which are in `index` already. `facts` names the model of each topic's fact;
    `open_from` is what the newest run said, None before the first.

    A late log-in or status change may move the versions of its customer on all later days, so the facts of those
    point to other versions: they are rewritten too. A late transaction or log-in changes what is known to the score of
    purchases in the days after it.
    """
    touched: dict[str, set[date]] = {topic: set() for topic in facts}
    for batch in new:
        touched[batch.topic].update(index.accepted_days(batch))
    known = {topic: index.days(topic) for topic in facts}
    every_day = set().union(*known.values())

    changed = touched[_auths] | touched[_status_changes]
    customer_days = {day for day in every_day if changed and day >= min(changed)}
    fact_days = {topic: frozenset(touched[topic] | (customer_days & known[topic])) for topic in facts}
    scored = frozenset(
        day
        for day in known[_transactions]
        if any(moved <= day <= moved + score_lookback for moved in touched[_transactions] | touched[_auths])
    )
    of_customers = frozenset().union(*touched.values(), scored)
    of_merchants = frozenset(touched[_transactions]) | scored
    days = {model: fact_days[topic] for topic, model in facts.items()} | {
        "int_customer_changes": frozenset(customer_days),
        "int_purchase_scores": scored,
        "int_customer_days": of_customers,
        "int_merchant_days": of_merchants,
        "facts": of_merchants,
        "fct_fraud_alerts": scored,
        "fct_daily_song_plays": frozenset(touched[_listens]),
        "kpi_daily": of_customers,
    }
    rewritten = frozenset().union(*days.values())
    months = sorted({month_of(day) for day in every_day})
    newest = months[-1] if months else _no_month
    first_open = min([month_of(day) for day in rewritten] + [newest if open_from is None else open_from])
    return Plan(
        days=days,
        bronze_days=fact_days,
        open_from=first_open,
        base_month=max((month for month in months if month < first_open), default=None),
        closing=tuple(month for month in months if first_open <= month < newest),
        next_open_from=newest,
    )

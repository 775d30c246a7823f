"""The stream: each batch is read once, classified, counted, staged and committed."""

from __future__ import annotations

import json
import sys
import threading
import time

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming import StreamingQuery

from checkpoint import require_same_offsets
from contract import Contract, Paths
from gaps import Gaps, Missing, find_gaps, missing
from kafka import Kafka
from offsets import end_offsets, ranges, start_offsets
from parse import classify
from record import build_record
from sample import sample_records
from spark.claim import Claim, require_newest
from spark.clock import now
from spark.commit import Commits, Run
from spark.hdfs import Hdfs, HdfsError
from spark.journal import Journal
from spark.step import Unusable, numbered
from summary import summarise
from topic_ids import TopicIds
from write import stage, targets

# Packing records lists them all first, so only one batch in this many tries it.
_compact_every_batches = 100


class BatchFailed(Exception):
    """Tells Spark that the batch failed; `Bronze.failure` holds the cause."""


class Bronze:
    """Works on one lake for as long as its claim is the newest."""

    def __init__(
        self,
        session: SparkSession,
        hdfs: Hdfs,
        paths: Paths,
        contract: Contract,
        journal: Journal,
        claim: Claim,
        kafka: Kafka,
        topic_ids: TopicIds,
    ) -> None:
        self._session, self._hdfs, self._paths = session, hdfs, paths
        self._contract, self._journal, self._claim = contract, journal, claim
        self._kafka, self._topic_ids = kafka, topic_ids
        self._commits = Commits(hdfs, paths.step, journal)
        self._stopping = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._warm = False
        self.failure: Exception | None = None

    def start(self, trigger_seconds: float, max_offsets: int, once: bool) -> StreamingQuery:
        records = (
            self._session.readStream.format("kafka")
            .option("kafka.bootstrap.servers", self._kafka.address)
            .option("subscribe", ",".join(self._contract.topics))
            .option("startingOffsets", "earliest")
            # Stopping does not bring back records that were deleted before they were read: they are found by
            # their offsets, and recorded.
            .option("failOnDataLoss", "false")
            .option("includeHeaders", "true")
            .option("maxOffsetsPerTrigger", max_offsets)
            .options(**self._kafka.options)
            # Records of aborted transactions are not read.
            .option("kafka.isolation.level", "read_committed")
            .load()
        )
        trigger = {"availableNow": True} if once else {"processingTime": f"{trigger_seconds} seconds"}
        return (
            # The query's name in Spark's metrics.
            records.writeStream.queryName("bronze")
            .foreachBatch(self._batch)
            .option("checkpointLocation", self._paths.checkpoint)
            .trigger(**trigger)
            .start()
        )

    def stop(self, query: StreamingQuery, within_seconds: float) -> None:
        """Lets the current batch end if it can in time. The next start repeats a batch that was cut off."""
        self._stopping.set()
        self._idle.wait(within_seconds)
        query.stop()

    def _batch(self, records: DataFrame, batch_id: int) -> None:
        if self._stopping.is_set():
            raise BatchFailed("the stream is stopping")
        self._idle.clear()
        try:
            self._process(records, batch_id)
        except Exception as error:  # noqa: BLE001 (whatever it is, Spark must not see its text)
            self.failure = self._cause(error)
            # Spark searches the text of what is raised here with a regular expression that overflows its stack on a
            # long text, and then never ends the query: so the text is short.
            raise BatchFailed(f"batch {batch_id}") from None
        finally:
            self._idle.set()

    def _cause(self, error: Exception) -> Exception:
        """The error to report. A superseded process fails with any HDFS error; by whom is what matters."""
        try:
            require_newest(self._hdfs, self._paths.step, self._claim)
        except Unusable as superseded:
            return superseded
        except HdfsError:
            return error
        return error

    def _process(self, records: DataFrame, batch_id: int) -> None:
        started_at, started = now(), time.monotonic()
        ends = end_offsets(self._hdfs, self._paths.checkpoint, batch_id)
        if self._journal.has(batch_id):
            require_same_offsets(self._journal.read(batch_id), ends, self._paths.checkpoint)
            print(f"bronze: batch {batch_id} is committed already, skipped", file=sys.stderr, flush=True)
            return
        starts = start_offsets(self._hdfs, self._paths.checkpoint, batch_id)
        run = Run(self._hdfs, self._paths.step, self._claim, numbered(batch_id))
        classified = self._classify(records)
        try:
            summary = summarise(classified)
            read = ranges(starts, ends, summary.first_offsets)
            gaps = find_gaps(classified, read, summary.partition_rows)
            stage(classified, summary, self._contract, run.rows)
        finally:
            _release(classified)
        if summary.rows > 0:
            self._topic_ids.require_same(self._kafka.topic_ids(self._contract.topics))
        adds = targets(self._hdfs, run, batch_id)
        not_there = self._missing(gaps)
        record = build_record(batch_id, started_at, read, not_there, summary, adds.values())
        run.decide(batch_id, adds, [], record)
        self._commits.finish(batch_id)
        # Another process may meanwhile have finished this batch, and be working on the next one.
        require_newest(self._hdfs, self._paths.step, self._claim)
        if batch_id % _compact_every_batches == 0:
            self._journal.compact(self._claim.staging)
        progress = {
            "step": "bronze",
            "batchId": batch_id,
            "rows": summary.rows,
            "quarantined": summary.quarantine_rows,
            "seconds": round(time.monotonic() - started, 3),
        }
        print(json.dumps(progress), flush=True)
        if summary.rows == 0:
            self._warm_up()

    def _missing(self, gaps: Gaps) -> Missing:
        partitions = [(topic, partition) for topic, found in gaps.items() for partition in found]
        if not partitions:
            return Missing({}, {})
        earliest = self._kafka.earliest_offsets(partitions)
        found = missing(gaps, earliest)
        for topic, by_partition in found.lost.items():
            for partition, parts in by_partition.items():
                offsets = ", ".join(f"{first} to {until - 1}" for first, until in parts)
                print(
                    f"bronze: lost: Kafka deleted offsets {offsets} of {topic} partition {partition} before they were read; "
                    "the lake goes on with what is there",
                    file=sys.stderr,
                    flush=True,
                )
        return found

    def _classify(self, records: DataFrame) -> DataFrame:
        """Stores the rows without their plan: otherwise each job of a batch would plan all of it again."""
        read = [f"{expression} as {name}" for name, expression in self._contract.raw_columns.items()]
        raw = records.selectExpr("topic", *read).coalesce(self._session.sparkContext.defaultParallelism)
        return classify(raw, self._contract).localCheckpoint(
            eager=False, storageLevel=StorageLevel.MEMORY_AND_DISK
        )

    def _warm_up(self) -> None:
        """While there is nothing to read, stages and discards samples, so that the first batch is faster."""
        if self._warm:
            return
        self._warm = True
        folder = f"{self._claim.staging}/warm-up"
        classified = self._classify(sample_records(self._session, self._contract))
        try:
            stage(classified, summarise(classified), self._contract, folder)
        finally:
            _release(classified)
            self._hdfs.remove(folder)


def _release(checkpointed: DataFrame) -> None:
    """DataFrame.unpersist does not know of local checkpoints."""
    checkpointed._jdf.queryExecution().logical().rdd().unpersist(False)

"""The stream: each batch is read once, classified, counted, staged and committed."""

from __future__ import annotations

import json
import sys
import threading
import time
from collections.abc import Mapping

from pyspark import StorageLevel
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.streaming import StreamingQuery

from claim import Claim, require_newest
from commit import BatchCommit, record_path
from contract import Contract, Paths
from hdfs import Hdfs
from offsets import end_offsets, ranges, start_offsets
from parse import classify, raw_columns
from record import build_record, now
from summary import summarise
from write import stage


class Bronze:
    """Works on one lake for as long as its claim is the newest."""

    def __init__(self, session: SparkSession, hdfs: Hdfs, paths: Paths, contract: Contract, claim: Claim) -> None:
        self._session, self._hdfs, self._paths, self._contract, self._claim = session, hdfs, paths, contract, claim
        self._stopping = threading.Event()
        self._idle = threading.Event()
        self._idle.set()

    def start(
        self,
        kafka: str,
        kafka_options: Mapping[str, str],
        trigger_seconds: float,
        max_offsets: int,
        until_caught_up: bool,
    ) -> StreamingQuery:
        records = (
            self._session.readStream.format("kafka")
            .option("kafka.bootstrap.servers", kafka)
            .option("subscribe", ",".join(self._contract.topics))
            .option("startingOffsets", "earliest")
            .option("failOnDataLoss", "true")
            .option("includeHeaders", "true")
            .option("maxOffsetsPerTrigger", max_offsets)
            .options(**kafka_options)
            .load()
        )
        trigger = {"availableNow": True} if until_caught_up else {"processingTime": f"{trigger_seconds} seconds"}
        return (
            records.writeStream.foreachBatch(self._batch)
            .option("checkpointLocation", self._paths.checkpoint)
            .trigger(**trigger)
            .start()
        )

    def stop(self, query: StreamingQuery, within_seconds: float) -> None:
        """Lets the batch at work end if it can within the time. One that is cut off is run again by the next start."""
        self._stopping.set()
        self._idle.wait(within_seconds)
        query.stop()

    def _batch(self, records: DataFrame, batch_id: int) -> None:
        if self._stopping.is_set():
            raise InterruptedError("the stream is stopping")
        self._idle.clear()
        try:
            self._process(records, batch_id)
        except Exception:
            require_newest(self._hdfs, self._paths, self._claim)
            raise
        finally:
            self._idle.set()

    def _process(self, records: DataFrame, batch_id: int) -> None:
        started_at, started = now(), time.monotonic()
        if self._hdfs.exists(record_path(self._paths, self._contract, batch_id)):
            print(f"bronze: batch {batch_id} is committed already, skipped", file=sys.stderr, flush=True)
            return
        raw = records.selectExpr("topic", *raw_columns).coalesce(self._session.sparkContext.defaultParallelism)
        classified = classify(raw, self._contract).persist(StorageLevel.MEMORY_AND_DISK)
        try:
            summary = summarise(classified)
            commit = BatchCommit(self._hdfs, self._paths, self._contract, self._claim, batch_id)
            stage(classified, summary, self._contract, commit.rows_folder)
        finally:
            classified.unpersist()
        moves = commit.plan()
        read = ranges(
            start_offsets(self._hdfs, self._paths.checkpoint, batch_id),
            end_offsets(self._hdfs, self._paths.checkpoint, batch_id),
        )
        commit.write_intent(moves)
        commit.move_files(moves)
        commit.write_record(build_record(batch_id, started_at, read, summary, moves.values()))
        commit.clean()
        progress = {
            "step": "bronze",
            "batchId": batch_id,
            "rows": summary.rows,
            "quarantined": summary.quarantine_rows,
            "seconds": round(time.monotonic() - started, 3),
        }
        print(json.dumps(progress), flush=True)

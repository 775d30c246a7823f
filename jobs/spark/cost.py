"""What a run cost: processor time of this process and its JVM, and bytes read and written on HDFS."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from pyspark.sql import SparkSession


@dataclass(frozen=True)
class _Reading:
    seconds: float
    cpu_seconds: float
    bytes_read: int
    bytes_written: int


class Cost:
    """Counts from its creation."""

    def __init__(self, session: SparkSession) -> None:
        jvm: Any = session._jvm
        self._process = jvm.java.lang.ProcessHandle.current()
        self._file_system = jvm.org.apache.hadoop.fs.FileSystem
        self._began = self._read()

    def _read(self) -> _Reading:
        used = self._process.info().totalCpuDuration()
        statistics = [each for each in self._file_system.getAllStatistics() if each.getScheme() == "hdfs"]
        return _Reading(
            seconds=time.monotonic(),
            cpu_seconds=(used.get().toNanos() / 1e9 if used.isPresent() else 0) + time.process_time(),
            bytes_read=sum(each.getBytesRead() for each in statistics),
            bytes_written=sum(each.getBytesWritten() for each in statistics),
        )

    def line(self) -> dict[str, float | int]:
        """The cost so far. Bytes are those of this process: executors in other processes count their own."""
        now, began = self._read(), self._began
        return {
            "seconds": round(now.seconds - began.seconds, 2),
            "cpuSeconds": round(now.cpu_seconds - began.cpu_seconds, 2),
            "bytesRead": now.bytes_read - began.bytes_read,
            "bytesWritten": now.bytes_written - began.bytes_written,
        }

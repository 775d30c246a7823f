"""HDFS snapshots of one folder."""

from __future__ import annotations

from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession


class Snapshots:
    """`folder` is an absolute URI on HDFS."""

    def __init__(self, session: SparkSession, folder: str) -> None:
        self._path: Any = session._jvm.org.apache.hadoop.fs.Path(folder)
        self._fs: Any = self._path.getFileSystem(session._jsc.hadoopConfiguration())

    def allow(self) -> None:
        """
        Allows snapshots of the folder, unless they are allowed already. Only HDFS' superuser may do this: on
        a cluster the chart has done it.

        Raises PermissionError that names the command when this user may not.
        """
        self._fs.mkdirs(self._path)
        path = self._path.toUri().getPath()
        listing = self._fs.getSnapshottableDirListing() or ()
        if any(entry.getFullPath().toUri().getPath() == path for entry in listing):
            return
        try:
            self._fs.allowSnapshot(self._path)
        except Py4JJavaError as error:
            if "AccessControlException" not in error.java_exception.getClass().getName():
                raise
            raise PermissionError(
                f"{path} can't have snapshots yet, and this user may not allow them. As HDFS' superuser run: "
                f"hdfs dfsadmin -allowSnapshot {path}"
            ) from error

    def names(self) -> list[str]:
        folder = self._path.suffix("/.snapshot")
        return sorted(status.getPath().getName() for status in self._fs.listStatus(folder))

    def create(self, name: str) -> None:
        """Takes a snapshot. An existing one of that name stays as it is."""
        if name not in self.names():
            self._fs.createSnapshot(self._path, name)

    def delete(self, name: str) -> None:
        self._fs.deleteSnapshot(self._path, name)

"""The lake's files, through the Hadoop client that runs in Spark's JVM."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession


class LakeFiles:
    """Paths are under the lake's root and start with a slash."""

    def __init__(self, spark: SparkSession, root: str) -> None:
        self._jvm: Any = spark._jvm
        self._conf: Any = spark._jsc.hadoopConfiguration()
        self.root = root.rstrip("/")
        self._fs: Any = self._jvm.org.apache.hadoop.fs.Path(self.root).getFileSystem(self._conf)

    def _path(self, path: str) -> Any:
        return self._jvm.org.apache.hadoop.fs.Path(self.root + path)

    def uri(self, path: str) -> str:
        return self.root + path

    def exists(self, path: str) -> bool:
        return self._fs.exists(self._path(path))

    def make_folder(self, path: str) -> None:
        self._fs.mkdirs(self._path(path))

    def remove(self, path: str) -> None:
        """Nothing happens where nothing is."""
        self._fs.delete(self._path(path), True)

    def names(self, folder: str) -> list[str]:
        """Names in a folder, sorted; empty when it is not there."""
        if not self.exists(folder):
            return []
        statuses = self._fs.listStatus(self._path(folder))
        # One call for all names: py4j takes a fifth of a millisecond for each element.
        paths = self._jvm.org.apache.commons.lang3.ArrayUtils.toString(
            self._jvm.org.apache.hadoop.fs.FileUtil.stat2Paths(statuses)
        )
        return sorted(path.rsplit("/", 1)[1] for path in paths[1:-1].split(",") if path)

    def fingerprint(self, path: str) -> str | None:
        """Changes when a file is replaced; None when there is none."""
        if not self.exists(path):
            return None
        status = self._fs.getFileStatus(self._path(path))
        return f"{status.getLen()}@{status.getModificationTime()}"

    def read(self, path: str) -> str:
        stream = self._fs.open(self._path(path))
        try:
            return self._jvm.org.apache.commons.io.IOUtils.toString(stream, "UTF-8")
        finally:
            stream.close()

    def read_all(self, paths: Iterable[str]) -> list[str]:
        with ThreadPoolExecutor(max_workers=8) as pool:
            return list(pool.map(self.read, paths))

    def _write(self, path: str, text: str) -> None:
        stream = self._fs.create(self._path(path), True)
        stream.write(bytearray(text, "utf-8"))
        stream.close()

    def write(self, path: str, text: str) -> None:
        """Replaces what is there."""
        self._write(path, text)

    def write_new(self, path: str, text: str) -> bool:
        """The file appears whole, by rename. False when another of that name is there already."""
        folder, name = path.rsplit("/", 1)
        hidden = f"{folder}/_{name}.{self._jvm.java.util.UUID.randomUUID().toString()}"
        self._write(hidden, text)
        if self._fs.rename(self._path(hidden), self._path(path)):
            return True
        self.remove(hidden)
        return False

    def allow_snapshots(self, folder: str) -> None:
        """
        Twice does no harm. Only HDFS' superuser may do it the first time: on a cluster the chart has.

        Raises PermissionError that names the command when this user may not.
        """
        self.make_folder(folder)
        path = self._path(folder).toUri().getPath()
        listing = self._fs.getSnapshottableDirListing() or ()
        if any(entry.getFullPath().toUri().getPath() == path for entry in listing):
            return
        try:
            self._fs.allowSnapshot(self._path(folder))
        except Py4JJavaError as error:
            if "AccessControlException" not in error.java_exception.getClass().getName():
                raise
            raise PermissionError(
                f"{path} can't have snapshots yet, and this user may not allow them. As HDFS' superuser run: "
                f"hdfs dfsadmin -allowSnapshot {path}"
            ) from error

    def create_snapshot(self, folder: str, name: str) -> None:
        """One of that name, of a run that ended before its record, is replaced."""
        try:
            self._fs.createSnapshot(self._path(folder), name)
        except Py4JJavaError as error:
            # Spark's Hadoop has no such class: what the NameNode threw comes as a RemoteException that names it.
            if "SnapshotException" not in error.java_exception.toString():
                raise
            self._fs.deleteSnapshot(self._path(folder), name)
            self._fs.createSnapshot(self._path(folder), name)

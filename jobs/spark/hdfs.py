"""Hadoop's FileSystem on the driver, through the JVM that Spark runs in."""

from __future__ import annotations

from py4j.protocol import Py4JJavaError
from pyspark.sql import SparkSession


class HdfsError(Exception):
    """An operation that HDFS refused. The message is one line."""


class Hdfs:
    """Paths are full URIs below the lake's root."""

    def __init__(self, session: SparkSession, lake: str) -> None:
        jvm = session._jvm
        # Classes are found once: to find one, py4j looks for each part of its name in every jar.
        self._io = jvm.org.apache.commons.io.IOUtils
        self._path = jvm.org.apache.hadoop.fs.Path
        self._file_util = jvm.org.apache.hadoop.fs.FileUtil
        self._array_seq = jvm.scala.collection.immutable.ArraySeq
        self._fs = jvm.org.apache.hadoop.fs.FileSystem.get(
            jvm.java.net.URI(lake), session._jsc.hadoopConfiguration()
        )

    def _call(self, operation: str, path: str, call):
        try:
            return call()
        except Py4JJavaError as error:
            message = str(error.java_exception.getMessage() or error.java_exception).splitlines()[0]
            kind = error.java_exception.getClass().getSimpleName()
            raise HdfsError(f"HDFS {operation} {path}: {kind}: {message}") from error

    def exists(self, path: str) -> bool:
        return self._call("exists", path, lambda: self._fs.exists(self._path(path)))

    def is_file(self, path: str) -> bool:
        return self.exists(path) and self._call(
            "status", path, lambda: self._fs.getFileStatus(self._path(path)).isFile()
        )

    def names(self, path: str) -> list[str]:
        """Names of what a folder holds, in order; empty when there is no such folder."""
        if not self.exists(path):
            return []
        statuses = self._call("list", path, lambda: self._fs.listStatus(self._path(path)))
        # One call for all names: three calls for each of thousands of records would take seconds.
        paths = self._file_util.stat2Paths(statuses)
        lines = self._array_seq.unsafeWrapArray(paths).mkString("\n")
        return sorted(line.rsplit("/", 1)[1] for line in lines.splitlines())

    def files_below(self, path: str) -> list[str]:
        """Paths of all files below a folder, in order; empty when there is no such folder."""
        if not self.exists(path):
            return []
        found = []
        iterator = self._call("list", path, lambda: self._fs.listFiles(self._path(path), True))
        while iterator.hasNext():
            found.append(iterator.next().getPath().toString())
        return sorted(found)

    def sizes_below(self, path: str) -> dict[str, int]:
        """Bytes of each file below a folder, by its path; empty when there is no such folder."""
        if not self.exists(path):
            return {}
        sizes = {}
        iterator = self._call("list", path, lambda: self._fs.listFiles(self._path(path), True))
        while iterator.hasNext():
            status = iterator.next()
            sizes[status.getPath().toString()] = status.getLen()
        return dict(sorted(sizes.items()))

    def has_file_below(self, path: str, prefix: str) -> bool:
        """Whether a file whose name starts with `prefix` is below a folder; stops at the first one."""
        if not self.exists(path):
            return False
        iterator = self._call("list", path, lambda: self._fs.listFiles(self._path(path), True))
        while iterator.hasNext():
            if iterator.next().getPath().getName().startswith(prefix):
                return True
        return False

    def read(self, path: str) -> str:
        def call() -> str:
            stream = self._fs.open(self._path(path))
            try:
                return self._io.toString(stream, "UTF-8")
            finally:
                stream.close()

        return self._call("read", path, call)

    def create(self, path: str, content: str) -> None:
        """Writes a file that must not exist yet: of two writers at once, one fails."""

        def call() -> None:
            stream = self._fs.create(self._path(path), False)
            try:
                stream.write(content.encode("utf-8"))
            finally:
                stream.close()

        self._call("create", path, call)

    def replace(self, path: str, content: str) -> None:
        """Writes a file, and replaces an existing one."""

        def call() -> None:
            stream = self._fs.create(self._path(path), True)
            try:
                stream.write(content.encode("utf-8"))
            finally:
                stream.close()

        self._call("write", path, call)

    def fingerprint(self, path: str) -> str | None:
        """A text that changes when the file is replaced; None when there is no file."""
        if not self.exists(path):
            return None
        status = self._call("status", path, lambda: self._fs.getFileStatus(self._path(path)))
        return f"{status.getLen()}@{status.getModificationTime()}"

    def make_folder(self, path: str) -> None:
        self._call("make folder", path, lambda: self._fs.mkdirs(self._path(path)))

    def rename(self, source: str, target: str) -> None:
        """Atomic. Raises HdfsError when the source is gone or the target exists."""
        if not self._call("rename", source, lambda: self._fs.rename(self._path(source), self._path(target))):
            raise HdfsError(f"HDFS rename {source}: to {target}: the source is gone or the target is there")

    def remove(self, path: str) -> None:
        """Removes a file, or a folder with its contents. Does nothing when the path does not exist."""
        self._call("remove", path, lambda: self._fs.delete(self._path(path), True))

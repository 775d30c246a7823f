"""
Runs a script in a JVM of Spark that is already there: `JVM_PORT` and `JVM_SECRET` are those that spark_jvm.py
prints. With `JVM_FORGETS` the JVM forgets what earlier processes held.

A script that stops its session leaves its application to the next one with the same settings: the tasks of a new
application would compile all their code anew. What an earlier process has left otherwise is stopped.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from pathlib import Path
from typing import Any

from py4j.java_collections import ListConverter
from pyspark import SparkContext

# These make pyspark attach. The script itself must not see them: it would take itself for one of spark-submit.
os.environ |= {
    "PYSPARK_GATEWAY_PORT": os.environ["JVM_PORT"],
    "PYSPARK_GATEWAY_SECRET": os.environ["JVM_SECRET"],
}
SparkContext._ensure_initialized()
jvm = SparkContext._jvm
del os.environ["PYSPARK_GATEWAY_PORT"], os.environ["PYSPARK_GATEWAY_SECRET"]

# A property of the JVM: the settings of the application that was left to the next process.
left_behind = "left.application"
system = jvm.java.lang.System


def active_application() -> Any | None:
    """The JVM's application, or None."""
    active = getattr(getattr(jvm.org.apache.spark, "SparkContext$"), "MODULE$").getActive()
    return active.get() if active.isDefined() else None


def start_or_take_over(python: SparkContext, conf: Any) -> Any:
    """Stands in for SparkContext._initialize_context."""
    left, settings = active_application(), conf.toDebugString()
    left_settings = system.clearProperty(left_behind)
    if left is None or settings != left_settings:
        if left is not None:
            left.stop()
        left = jvm.org.apache.spark.SparkContext(conf)
    python._settings_when_started = settings
    return jvm.JavaSparkContext(left)


def leave_behind(python: SparkContext) -> None:
    """Stands in for SparkContext.stop."""
    if python._jsc is not None:
        for persisted in python._jsc.getPersistentRDDs().values():
            persisted.unpersist()
        system.setProperty(left_behind, python._settings_when_started)
    python._jsc = None
    SparkContext._active_spark_context = None


if system.getProperty(left_behind) is None and active_application() is not None:
    active_application().stop()
SparkContext._initialize_context = start_or_take_over
SparkContext.stop = leave_behind

# The JVM keeps every object that an earlier process held when it ended, whole Spark applications among them. Functions
# of that process must be kept: the JVM says that it needs one no longer by its number, and this process may have one of
# the same number.
if "JVM_FORGETS" in os.environ:
    first_own = int(jvm.java.lang.Object()._target_id[1:])
    held = SparkContext._gateway.java_gateway_server.getGateway().getBindings().keySet()
    names = str(jvm.java.lang.String.join(" ", held)).split()
    own = [name for name in names if not re.fullmatch(r"o\d+", name) or int(name[1:]) >= first_own]
    held.retainAll(ListConverter().convert(own, SparkContext._gateway._gateway_client))

sys.argv = sys.argv[1:]
sys.path[0] = str(Path(sys.argv[0]).parent)
runpy.run_path(sys.argv[0], run_name="__main__")

"""
Runs a script in a JVM of Spark that is already there: `JVM_PORT` and `JVM_SECRET` are those that spark_jvm.py
prints. With `JVM_FORGETS` the JVM forgets what earlier processes held. An application that an earlier process has left
there is stopped first.
"""

from __future__ import annotations

import os
import re
import runpy
import sys
from pathlib import Path

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
left = getattr(getattr(jvm.org.apache.spark, "SparkContext$"), "MODULE$").getActive()
if left.isDefined():
    left.get().stop()
del left

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

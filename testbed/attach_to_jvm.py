"""
Runs a script in a JVM of Spark that is already there: `JVM_PORT` and `JVM_SECRET` are those that spark_jvm.py
prints. An application that an earlier process has left there is stopped first.
"""

from __future__ import annotations

import os
import runpy
import sys
from pathlib import Path

from pyspark import SparkContext

# These make pyspark attach. The script itself must not see them: it would take itself for one of spark-submit.
os.environ |= {
    "PYSPARK_GATEWAY_PORT": os.environ["JVM_PORT"],
    "PYSPARK_GATEWAY_SECRET": os.environ["JVM_SECRET"],
}
SparkContext._ensure_initialized()
del os.environ["PYSPARK_GATEWAY_PORT"], os.environ["PYSPARK_GATEWAY_SECRET"]
left = getattr(getattr(SparkContext._jvm.org.apache.spark, "SparkContext$"), "MODULE$").getActive()
if left.isDefined():
    left.get().stop()

sys.argv = sys.argv[1:]
sys.path[0] = str(Path(sys.argv[0]).parent)
runpy.run_path(sys.argv[0], run_name="__main__")

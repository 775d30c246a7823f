"""Runs a JVM of Spark that Python processes attach to one after another. Prints where it is; ends with its standard input."""

from __future__ import annotations

import json
import sys

from pyspark import SparkConf
from pyspark.java_gateway import launch_gateway

conf = SparkConf()
for setting in sys.argv[1:]:
    key, _, value = setting.partition("=")
    conf.set(key, value)
parameters = launch_gateway(conf).java_parameters
print(json.dumps({"port": parameters.port, "secret": parameters.auth_token}), flush=True)
sys.stdin.read()

"""HDFS as Spark's jobs know it, by the same client and settings, without Spark: hdfs-client.py write|read FOLDER

write: one file after another, for ever. A line `PATH SHA256 SECONDS` says that close returned; what failed goes to
       stderr and is not tried again, the next file is.
read:  a line `PATH SHA256` for each file that can be read to its end.
"""

import os
import sys
import time
from glob import glob
from hashlib import sha256

from py4j.java_gateway import JavaGateway
from py4j.protocol import Py4JJavaError

FILE_BYTES = 64 * 1024
PAUSE_SECONDS = 0.5
JARS = os.path.join(os.environ["SPARK_HOME"], "jars")


def connect():
    gateway = JavaGateway.launch_gateway(
        jarpath=glob(f"{JARS}/py4j-*.jar")[0],
        classpath=f"{JARS}/*:{os.environ['HADOOP_CONF_DIR']}",
        java_path=os.path.join(os.environ["JAVA_HOME"], "bin/java"),
        javaopts=os.environ["JAVA_OPTIONS"].split(),
        redirect_stderr=sys.stderr,
        die_on_exit=True,
    )
    hadoop = gateway.jvm.org.apache.hadoop
    return hadoop.fs.FileSystem.get(hadoop.conf.Configuration()), hadoop.fs.Path


def write(folder):
    hdfs, path = connect()
    number = 0
    while True:
        number += 1
        name = f"{folder}/{number:06d}"
        content = os.urandom(FILE_BYTES)
        try:
            stream = hdfs.create(path(name), False)
            stream.write(content)
            stream.close()
        except Py4JJavaError as error:
            print(f"{name}: {error.java_exception.toString()}".splitlines()[0], file=sys.stderr, flush=True)
        else:
            print(name, sha256(content).hexdigest(), f"{time.time():.3f}", flush=True)
        time.sleep(PAUSE_SECONDS)


def read(folder):
    hdfs, path = connect()
    for status in hdfs.listStatus(path(folder)):
        name = status.getPath().toUri().getPath()
        try:
            stream = hdfs.open(status.getPath())
            content = stream.readAllBytes()
            stream.close()
        except Py4JJavaError as error:
            print(f"{name}: {error.java_exception.toString()}".splitlines()[0], file=sys.stderr, flush=True)
        else:
            print(name, sha256(content).hexdigest(), flush=True)


{"write": write, "read": read}[sys.argv[1]](sys.argv[2])

"""Does on a small scale what bronze, silver and gold do, so that the JVM lists the classes they load.

Run it with the path of the list and a folder to write to. It prints the JVM's class path, for which the list
is valid.
"""

import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

class_list, folder = sys.argv[1:]
spark = (
    SparkSession.builder.master("local[2]")
    .config("spark.ui.enabled", "false")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.hadoop.dfs.replication", "1")
    .config("spark.hadoop.dfs.client.use.datanode.hostname", "true")
    .config("spark.sql.shuffle.partitions", "2")
    .config("spark.sql.sources.partitionOverwriteMode", "dynamic")
    .config("spark.driver.extraJavaOptions", f"-Xshare:off -XX:DumpLoadedClassList={class_list}")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("ERROR")
assert spark.sparkContext._jvm is not None

events = spark.range(1000).select(
    F.col("id"),
    F.to_json(F.struct("id", F.current_timestamp().alias("at"))).alias("value"),
    F.to_date(F.current_timestamp()).alias("day"),
)
events.write.partitionBy("day").parquet(f"{folder}/events")


def count(batch, _):
    batch.persist()
    parsed = batch.select(
        F.from_json("value", "id long, at timestamp", {"mode": "PERMISSIVE"}).alias("e"), "day"
    )
    parsed.select("e.*", "day").write.mode("append").partitionBy("day").parquet(f"{folder}/parsed")
    batch.groupBy("day").count().collect()
    batch.unpersist()


(
    spark.readStream.schema(events.schema)
    .parquet(f"{folder}/events")
    .writeStream.foreachBatch(count)
    .option("checkpointLocation", f"{folder}/checkpoint")
    .trigger(availableNow=True)
    .start()
    .awaitTermination()
)

spark.sql(f"create table parsed using parquet location '{folder}/parsed'")
spark.sql("alter table parsed recover partitions")
spark.sql(
    f"""
    create table daily using parquet partitioned by (day) location '{folder}/daily' as
    with ranked as (
      select *, row_number() over (partition by id order by at) as place, lag(at) over (partition by id order by at) as before
      from parsed
    )
    select r.id % 7 as key, count(*) as events, sum(cast(r.id as decimal(18, 2))) as total,
           max(case when r.before is null then 1 else 0 end) as first, r.day
    from ranked r left join (select distinct id, lower(cast(id as string)) as name from parsed) n on r.id = n.id
    where r.place = 1 and n.name is not null
    group by all
    """
)
spark.sql("insert overwrite table daily select id, 1, 1.0, 1, day from parsed limit 10").collect()
spark.table("daily").toJSON().collect()
print(spark.sparkContext._jvm.java.lang.System.getProperty("java.class.path"))
spark.stop()

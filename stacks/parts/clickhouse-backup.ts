import { claimedGibibytes, pods } from "./pod-demand";
import { part } from "./part";

const nightly = { cpuMillis: 50, cpuLimitMillis: 1000, memoryMebibytes: 256 };

export const clickhouseBackup = part({
  name: "clickhouse-backup",
  isThere: ({ clickhouse }) => clickhouse.mode === "chart" && clickhouse.backup !== null,
  calls: ["clickhouse"],
  kafkaRights: [],
  pods: ({ clickhouse }) =>
    clickhouse.mode === "external" || clickhouse.backup === null
      ? []
      : // The backups' volume can be attached to one node at a time, so the pod runs on the server's.
        [
          pods("clickhouse-backup", nightly, {
            storageGibibytes: claimedGibibytes(clickhouse.backup.storage),
            arch: "amd64",
          }),
        ],
});

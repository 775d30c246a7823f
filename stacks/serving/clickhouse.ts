import type { Profile } from "../../profiles";
import type { ChartClickHouse } from "../../profiles/schema/clickhouse";
import type { Values } from "../constructs/release";
import { storageValues } from "../constructs/storage-values";
import { partOf } from "../labels";
import { hdfsClientConfigMap } from "../names";
import { resourcesOf } from "../quantities";

/** Values of `charts/clickhouse`. */
export function clickhouseValues(profile: Profile, clickhouse: ChartClickHouse): Values {
  const { backup, readerLimits } = clickhouse;
  return {
    image: clickhouse.image,
    imagePullSecrets: profile.images.pullSecrets.map((name) => ({ name })),
    commonLabels: partOf,
    clusterDomain: profile.cluster.domain,
    flavor: clickhouse.flavor,
    resources: resourcesOf(clickhouse.size),
    storage: storageValues(clickhouse.storage),
    hdfs: { clientConfigMap: hdfsClientConfigMap(profile) },
    users: { existingSecret: clickhouse.existingSecret },
    backup:
      backup === null
        ? { enabled: false }
        : {
            enabled: true,
            schedule: backup.schedule,
            keep: backup.keep,
            storage: storageValues(backup.storage),
            image: profile.images.node,
          },
    readerLimits,
    metrics: { enabled: profile.observability.enabled },
  };
}

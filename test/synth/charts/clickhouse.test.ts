import { readOptions } from "../../../jobs/backup/options";
import { hdfsLimits } from "../../../jobs/clickhouse/hdfs-settings";
import { ownImages } from "../../../versions";
import { lint, refusal, renderChart, type RenderedChart } from "../../fixtures/render-chart";

jest.setTimeout(60_000);

let official: RenderedChart;
let embedded: RenderedChart;
beforeAll(async () => {
  official = await renderChart("clickhouse", { backup: { enabled: true } });
  embedded = await renderChart("clickhouse", { flavor: "embedded" });
});

const users = (chart: RenderedChart) => chart.one("ConfigMap", "clickhouse-config").data?.["users.xml"] ?? "";
const server = (chart: RenderedChart) =>
  chart.one("ConfigMap", "clickhouse-config").data?.["server.xml"] ?? "";

test("passes helm lint", async () => {
  expect(await lint("clickhouse")).toBe("");
});

describe("users", () => {
  test("passwords are made, differ, and outlive the release", async () => {
    const { data = {}, metadata } = official.one("Secret", "clickhouse-users");
    expect(Object.keys(data)).toEqual(["serve", "reader"]);
    expect(data.serve).not.toBe(data.reader);
    for (const password of Object.values(data))
      expect(Buffer.from(password, "base64").toString()).toMatch(/^[A-Za-z0-9]{32}$/);
    expect(metadata.annotations["helm.sh/resource-policy"]).toBe("keep");
    const again = await renderChart("clickhouse");
    expect(again.one("Secret", "clickhouse-users").data).not.toEqual(data);
  });

  test("nobody comes in without a password, and the password is nowhere but in the Secret", () => {
    expect(users(official)).toContain('<default remove="remove"/>');
    expect([...users(official).matchAll(/<password[^>]*>/g)].map(([text]) => text)).toEqual([
      '<password from_env="SERVE_PASSWORD"/>',
      '<password from_env="READER_PASSWORD"/>',
    ]);
    for (const chart of [official, embedded]) {
      const passwords = Object.values(chart.one("Secret", "clickhouse-users").data ?? {});
      const others = JSON.stringify(chart.objects.filter(({ kind }) => kind !== "Secret"));
      for (const password of passwords) {
        expect(others).not.toContain(password);
        expect(others).not.toContain(Buffer.from(password, "base64").toString());
      }
    }
  });

  test.each(["official", "embedded"])("of one's own are read, and none made (%s)", async (flavor) => {
    const users = { existingSecret: "our-users" };
    const chart = await renderChart("clickhouse", { flavor, users, backup: { enabled: true } });
    expect(chart.names("Secret")).toEqual([]);
    const pods = JSON.stringify(chart.pods);
    expect(pods).toContain('"name":"our-users"');
    expect(pods).toContain('"secretName":"our-users"');
    expect(pods).not.toContain("clickhouse-users");
  });

  test("the reader is bound by limits that a query can't lift", async () => {
    const readerLimits = { memoryMebibytes: 256, seconds: 30, queries: 4 };
    const chart = await renderChart("clickhouse", { readerLimits });
    const profile = /<reader>.*?<\/reader>/s.exec(users(chart))?.[0] ?? "";
    expect(profile).toContain("<readonly>2</readonly>");
    expect(profile).toContain("<max_memory_usage>268435456</max_memory_usage>");
    expect(profile).toContain("<max_execution_time>30</max_execution_time>");
    expect(profile).toContain("<max_concurrent_queries_for_user>4</max_concurrent_queries_for_user>");
    for (const limit of ["max_memory_usage", "max_execution_time", "max_concurrent_queries_for_user"])
      expect(profile).toContain(`<${limit}><const/></${limit}>`);
  });

  test("the reader is granted nothing that writes", () => {
    const [, reader = ""] = users(official).split("<reader>").slice(1);
    const grants = [...reader.matchAll(/<query>(.*?)<\/query>/g)].map(([, grant]) => grant);
    expect(grants).toEqual([
      "GRANT SELECT, SHOW ON lake.*",
      "GRANT CREATE TEMPORARY TABLE ON *.*",
      "GRANT READ ON HDFS",
    ]);
  });

  test("the embedded flavor has both, too", () => {
    const [container] = embedded.pod("clickhouse").spec.containers;
    expect(container?.env).toEqual(
      expect.arrayContaining([
        {
          name: "CLICKHOUSE_PASSWORD",
          valueFrom: { secretKeyRef: { name: "clickhouse-users", key: "serve" } },
        },
        {
          name: "CLICKHOUSE_READER_PASSWORD",
          valueFrom: { secretKeyRef: { name: "clickhouse-users", key: "reader" } },
        },
      ]),
    );
    expect(container?.args).toEqual(expect.arrayContaining(["--user=serve", "--reader=reader"]));
  });
});

test("HDFS is reached as the client's ConfigMap says, in both flavors", () => {
  expect(server(official)).toContain("<libhdfs3_conf>/etc/hdfs/hdfs-site.xml</libhdfs3_conf>");
  expect(embedded.pod("clickhouse").spec.containers[0]?.env).toContainEqual({
    name: "LIBHDFS3_CONF",
    value: "/etc/hdfs/hdfs-site.xml",
  });
  for (const chart of [official, embedded])
    expect(chart.pod("clickhouse").spec.volumes).toContainEqual({
      name: "hdfs",
      configMap: { name: "hdfs-client" },
    });
});

test("how long it waits for HDFS is said where ClickHouse obeys it, and as in the embedded engine", () => {
  const [, hdfs = ""] = /<hdfs>(.*?)<\/hdfs>/s.exec(server(official)) ?? [];
  const limits = [...hdfs.matchAll(/<(\w+)>(\d+)<\/\1>/g)].map(([, name, value]) => [name, Number(value)]);
  expect(Object.fromEntries(limits)).toEqual(hdfsLimits);
});

test("HDFS' client file holds no time-out that ClickHouse would overrule", async () => {
  const settings = Object.keys((await renderChart("hdfs")).settings("hdfs-client"));
  expect(settings.filter((name) => /^(input|output|rpc)\./.test(name))).toEqual([]);
});

describe("tables that the server writes about itself", () => {
  const logs = (chart: RenderedChart) => {
    const kept = [
      ...server(chart).matchAll(/<(\w+)><ttl>event_date \+ INTERVAL 14 DAY DELETE<\/ttl><\/\1>/g),
    ];
    const removed = [...server(chart).matchAll(/<(\w+_(?:log|queue)) remove="remove"\/>/g)];
    return { kept: kept.map(([, name]) => name), removed: removed.map(([, name]) => name) };
  };

  test("have a life, or are not written; a backup's are, where there are backups", async () => {
    const { kept, removed } = logs(official);
    expect(kept).toEqual(
      expect.arrayContaining(["query_log", "query_metric_log", "error_log", "backup_log"]),
    );
    const without = logs(await renderChart("clickhouse"));
    expect(without.kept).toEqual(kept.filter((name) => name !== "backup_log"));
    expect(without.removed.toSorted()).toEqual([...removed, "backup_log"].toSorted());
  });

  test("are each named once", () => {
    const { kept, removed } = logs(official);
    expect(removed).toEqual(expect.arrayContaining(["latency_log", "metric_log", "text_log", "trace_log"]));
    expect(new Set([...kept, ...removed]).size).toBe(kept.length + removed.length);
  });
});

test("the server is the pod's first process, which a signal reaches", () => {
  expect(official.pod("clickhouse").spec.containers[0]?.env).toContainEqual({
    name: "CLICKHOUSE_WATCHDOG_ENABLE",
    value: "0",
  });
});

test("without HDFS nothing waits for its ConfigMap", async () => {
  const chart = await renderChart("clickhouse", { hdfs: { clientConfigMap: null } });
  expect(server(chart)).not.toContain("hdfs-site");
  expect(chart.pod("clickhouse").spec.volumes.map(({ name }) => name)).not.toContain("hdfs");
});

test("only nodes whose builds have HDFS are taken, the user's wish beside", async () => {
  const chart = await renderChart("clickhouse", { nodeSelector: { disk: "ssd" } });
  expect(chart.pod("clickhouse").spec.nodeSelector).toEqual({ "kubernetes.io/arch": "amd64", disk: "ssd" });
});

test("the engine itself is asked whether it lives", () => {
  for (const chart of [official, embedded]) {
    const [container] = chart.pod("clickhouse").spec.containers;
    for (const probe of [container?.livenessProbe, container?.readinessProbe])
      expect(probe).toMatchObject({ httpGet: { port: "http", path: "/ping" } });
  }
});

test("the native port is there where there is a server behind it", () => {
  const ports = (chart: RenderedChart) =>
    (chart.one("Service", "clickhouse").spec?.ports as { name: string }[]).map(({ name }) => name);
  expect(ports(official)).toEqual(["http", "native"]);
  expect(ports(embedded)).toEqual(["http"]);
});

const claims = (chart: RenderedChart) =>
  Object.fromEntries(
    chart
      .all("PersistentVolumeClaim")
      .map(({ metadata, spec }) => [
        metadata.name,
        (spec?.resources as { requests: { storage: string } }).requests.storage,
      ]),
  );

describe("volumes", () => {
  test("have claims apart from the StatefulSet: they can grow, and one more come, with an upgrade", async () => {
    expect(claims(await renderChart("clickhouse"))).toEqual({ "data-clickhouse-0": "20Gi" });
    const larger = await renderChart("clickhouse", {
      storage: { sizeGibibytes: 30 },
      backup: { enabled: true },
    });
    expect(claims(larger)).toEqual({ "data-clickhouse-0": "30Gi", "backups-clickhouse-0": "40Gi" });
    for (const chart of [larger, embedded, official])
      expect(chart.one("StatefulSet", "clickhouse").spec).not.toHaveProperty("volumeClaimTemplates");
  });

  test("are what the pod mounts, and stay when the release goes", () => {
    for (const { metadata } of official.all("PersistentVolumeClaim")) {
      expect(metadata.annotations["helm.sh/resource-policy"]).toBe("keep");
      expect(official.pod("clickhouse").spec.volumes).toContainEqual({
        name: metadata.name.split("-")[0],
        persistentVolumeClaim: { claimName: metadata.name },
      });
    }
  });

  test("on a node's folder are bound to it, and to no storage class", async () => {
    const chart = await renderChart("clickhouse", {
      storage: { kind: "hostPath", hostPath: "/srv/clickhouse" },
    });
    const [volume] = chart.all("PersistentVolume");
    expect(volume?.spec).toMatchObject({
      claimRef: { namespace: "lake", name: "data-clickhouse-0" },
      local: { path: "/srv/clickhouse/clickhouse-0" },
    });
    expect(chart.one("PersistentVolumeClaim", "data-clickhouse-0").spec?.storageClassName).toBe("");
  });

  test("that go with the pod need none", async () => {
    expect(claims(await renderChart("clickhouse", { storage: { kind: "emptyDir" } }))).toEqual({});
  });
});

describe.each(["official", "embedded"])("backups of the flavor %s", (flavor) => {
  let chart: RenderedChart;
  beforeAll(async () => {
    chart = await renderChart("clickhouse", { flavor, backup: { enabled: true, keep: 3 } });
  });

  test("are made by this project's program, which asks ClickHouse over HTTP", () => {
    const job = chart.jobPod("clickhouse-backup");
    const [container] = job.spec.containers;
    const words = [...(container?.command ?? []), ...(container?.args ?? [])];
    expect(words.slice(0, 5)).toEqual(["tini", "--", "node", "--import=tsx", "jobs/backup/cli.ts"]);
    const withoutPassword = words.slice(3).filter((word) => !word.startsWith("--clickhouse-password-file="));
    expect(readOptions(withoutPassword)).toMatchObject({
      clickhouse: "http://clickhouse.lake.svc.cluster.local:8123",
      clickhouseUser: "serve",
      folder: "/backups",
      task: { kind: "make", keep: 3 },
    });
    expect(container?.image).toBe(`${ownImages.registry}/${ownImages.folders.node}:${ownImages.tag}`);
    expect(job.metadata.labels["app.kubernetes.io/component"]).toBe("clickhouse-backup");
  });

  test("lie on a volume that the server and the Job see, as one user", () => {
    const volume = { name: "backups", persistentVolumeClaim: { claimName: "backups-clickhouse-0" } };
    const mount = { name: "backups", mountPath: "/backups" };
    const [server, job] = [chart.pod("clickhouse"), chart.jobPod("clickhouse-backup")];
    for (const { spec } of [server, job]) {
      expect(spec.volumes).toContainEqual(volume);
      expect(spec.containers[0]?.volumeMounts).toContainEqual(expect.objectContaining(mount));
    }
    expect(job.spec.securityContext).toEqual(server.spec.securityContext);
  });

  test("are there only if they are wished", async () => {
    const without = await renderChart("clickhouse", { flavor });
    expect(without.names("CronJob")).toEqual([]);
    expect(JSON.stringify(without.objects)).not.toContain("/backups");
    expect(JSON.stringify(without.objects)).not.toContain("lake_replaced");
  });
});

test.each([
  ["a flavor that is none", { flavor: "tiny" }, /flavor.*official/s],
  ["backups that go with the pod", { backup: { storage: { kind: "emptyDir" } } }, /backup.storage.kind/],
  ["a schedule that is none", { backup: { schedule: "daily" } }, /backup.schedule.*pattern/s],
  ["a reader without time", { readerLimits: { seconds: 0 } }, /readerLimits.seconds/],
  ["a Secret's name that is none", { users: { existingSecret: "Ours" } }, /users.existingSecret/],
  ["a tag that moves", { image: { tag: "latest" } }, /image/],
  ["a misspelled value", { storge: {} }, /storge/],
])("%s is refused by name", async (_, values, words) => {
  expect(await refusal("clickhouse", values)).toMatch(words);
});

import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { z } from "zod";
import { execute } from "../../../deploy/execute";
import { helmExecutable } from "../../../deploy/tools";
import { withTemporaryFile } from "../../../deploy/temporary-file";

const resources = z.object({
  requests: z.record(z.string(), z.string()).optional(),
  limits: z.record(z.string(), z.string()).optional(),
});

const container = z.object({
  name: z.string(),
  image: z.string(),
  command: z.array(z.string()).optional(),
  args: z.array(z.string()).optional(),
  env: z
    .array(z.object({ name: z.string(), value: z.string().optional(), valueFrom: z.json().optional() }))
    .default([]),
  resources: resources.optional(),
  securityContext: z.json().optional(),
  readinessProbe: z.json().optional(),
  livenessProbe: z.json().optional(),
  volumeMounts: z.array(z.object({ name: z.string(), mountPath: z.string() })).default([]),
});

const podSpec = z.object({
  automountServiceAccountToken: z.boolean().optional(),
  securityContext: z.json().optional(),
  nodeSelector: z.record(z.string(), z.string()).optional(),
  topologySpreadConstraints: z
    .array(z.object({ topologyKey: z.string(), whenUnsatisfiable: z.string() }))
    .default([]),
  initContainers: z.array(container).default([]),
  containers: z.array(container),
  volumes: z.array(z.looseObject({ name: z.string() })).default([]),
});

const podTemplate = z.object({
  metadata: z.object({
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  spec: podSpec,
});

const rendered = z.object({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.object({
    name: z.string(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations: z.record(z.string(), z.string()).default({}),
  }),
  data: z.record(z.string(), z.string()).optional(),
  spec: z.looseObject({ template: podTemplate.optional().catch(undefined) }).optional(),
});

export type RenderedObject = z.infer<typeof rendered>;
export type PodTemplate = z.infer<typeof podTemplate>;
export type Container = z.infer<typeof container>;
export type Chart = "hdfs" | "clickhouse" | "resources";

const folder = join(__dirname, "../../../charts");

/** What `helm install <chart> charts/<chart> -n lake` would bring. @throws Error with Helm's words when it refuses. */
export async function renderChart(chart: Chart, values: object = {}): Promise<RenderedChart> {
  const helm = await helmExecutable(process.env);
  const args = ["template", chart, join(folder, chart), "--namespace", "lake", "--values"];
  const { code, stdout, stderr } = await withTemporaryFile(values, (file) =>
    execute(helm, [...args, file], process.env),
  );
  if (code !== 0) throw new Error(stderr);
  const documents = parseAllDocuments(stdout);
  const objects = (Array.isArray(documents) ? documents : [])
    .map((document) => document.toJS() as unknown)
    .filter((object) => object !== null);
  return new RenderedChart(objects.map((object) => rendered.parse(object)));
}

/** Helm's words when it refuses `values`. */
export async function refusal(chart: Chart, values: object): Promise<string> {
  return renderChart(chart, values).then(
    () => {
      throw new Error(`${chart} was rendered with ${JSON.stringify(values)}`);
    },
    (error: unknown) => (error as Error).message,
  );
}

export async function lint(chart: Chart): Promise<string> {
  const helm = await helmExecutable(process.env);
  const { code, stdout, stderr } = await execute(
    helm,
    ["lint", "--strict", join(folder, chart)],
    process.env,
  );
  return code === 0 ? "" : `${stdout}${stderr}`;
}

export class RenderedChart {
  constructor(readonly objects: readonly RenderedObject[]) {}

  all(kind: string): readonly RenderedObject[] {
    return this.objects.filter((object) => object.kind === kind);
  }

  one(kind: string, name: string): RenderedObject {
    const found = this.all(kind).find(({ metadata }) => metadata.name === name);
    if (!found) throw new Error(`no ${kind} ${name} among ${this.names(kind).join(", ")}`);
    return found;
  }

  names(kind: string): readonly string[] {
    return this.all(kind).map(({ metadata }) => metadata.name);
  }

  /** Pods of StatefulSets, and of CronJobs. */
  get pods(): readonly PodTemplate[] {
    return this.objects.flatMap(({ kind, metadata, spec }) =>
      kind === "CronJob" ? this.jobPod(metadata.name) : (spec?.template ?? []),
    );
  }

  /** Of a CronJob. */
  jobPod(name: string): PodTemplate {
    const spec = this.one("CronJob", name).spec as { jobTemplate: { spec: { template: unknown } } };
    return podTemplate.parse(spec.jobTemplate.spec.template);
  }

  get containers(): readonly Container[] {
    return this.pods.flatMap(({ spec }) => [...spec.initContainers, ...spec.containers]);
  }

  pod(name: string): PodTemplate {
    const found = this.one("StatefulSet", name).spec?.template;
    if (!found) throw new Error(`StatefulSet ${name} has no pods`);
    return found;
  }

  /** Hadoop's settings of a ConfigMap. */
  settings(configMap: string, file = "hdfs-site.xml"): Readonly<Record<string, string>> {
    const xml = this.one("ConfigMap", configMap).data?.[file] ?? "";
    return Object.fromEntries(
      [...xml.matchAll(/<name>(.*?)<\/name><value>(.*?)<\/value>/g)].map(([, name, value]) => [name, value]),
    ) as Record<string, string>;
  }
}

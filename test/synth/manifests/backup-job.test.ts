import { backupJob } from "../../../deploy/backup/backup-job";
import { readOptions } from "../../../jobs/backup/options";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { kubernetesSchemaFiles } from "./kubernetes-schemas";
import { podIn } from "./pods";
import { manifestsOf, ownManifests } from "./rendered";
import { Validator } from "./validator";

jest.setTimeout(120_000);

interface Job extends Manifest {
  readonly spec: {
    readonly activeDeadlineSeconds: number;
    readonly template: {
      readonly spec: { readonly containers: readonly { command: string[]; args: string[] }[] };
    };
  };
}

const where = { name: "clickhouse-backup-restore-1", namespace: "lake" };
const task = ["restore", "lake-20261126T021500Z", "--replace"];
let nightly: Manifest | undefined;
let job: Job;

beforeAll(async () => {
  const manifests = manifestsOf(await ownManifests("cloud"));
  nightly = manifests.find(
    ({ kind, metadata }) => kind === "CronJob" && metadata.name === "clickhouse-backup",
  );
  job = backupJob(nightly, { ...where, task }) as Job;
});

test("a restore has the nightly job's pod, with other words that its program understands", () => {
  const [container] = job.spec.template.spec.containers;
  const args = [...(container?.command ?? []), ...(container?.args ?? [])];
  const [, , ...program] = args.filter((word) => !word.startsWith("--clickhouse-password-file="));
  expect(readOptions(program.slice(1))?.task).toEqual({
    kind: "restore",
    name: "lake-20261126T021500Z",
    replace: true,
  });
  expect(nightly && podIn(nightly)?.containers).toMatchObject([{ name: "backup" }]);
  expect(job.spec.template.spec).toEqual({
    ...(nightly as unknown as { spec: { jobTemplate: { spec: Job["spec"] } } }).spec.jobTemplate.spec.template
      .spec,
    containers: [{ ...container, args: task }],
  });
});

test("it runs once, under its own name, and Kubernetes takes it", async () => {
  expect(job).toMatchObject({ metadata: where, spec: { backoffLimit: 0, activeDeadlineSeconds: 14_400 } });
  expect(new Validator(await kubernetesSchemaFiles(), "1.30").problems(job)).toEqual([]);
});

test("a CronJob that is not the chart's is no ground for it", () => {
  expect(() => backupJob({ kind: "CronJob", spec: {} }, { ...where, task })).toThrow(/jobTemplate/);
});

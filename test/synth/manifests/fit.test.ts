import { podsOf } from "../../../deploy/fit/demand";
import { cpuMillis, mebibytes } from "../../../deploy/fit/quantity";
import { loadProfile } from "../../../profiles";
import type { Manifest } from "../../../stacks/constructs/manifests";
import { manifestsOf, ownManifests } from "./rendered";

interface Workload extends Manifest {
  readonly spec: {
    readonly replicas?: number;
    readonly template: {
      readonly spec: {
        readonly nodeSelector?: Readonly<Record<string, string>>;
        readonly containers: { readonly resources: { readonly requests: { cpu: string; memory: string } } }[];
      };
    };
  };
}

const parts: Readonly<Record<string, string>> = { "hdfs-zookeeper": "zookeeper" };

describe.each(["kind", "small", "cloud", "ci"])("%s", (name) => {
  test("the fit check counts what the rendered pods ask for", async () => {
    const demands = podsOf(loadProfile(name));
    const workloads = manifestsOf(await ownManifests(name)).filter(
      (manifest): manifest is Workload => manifest.kind === "StatefulSet" || manifest.kind === "Deployment",
    );
    expect(workloads.length).toBeGreaterThan(4);
    for (const { metadata, spec } of workloads) {
      const requests = spec.template.spec.containers.map(({ resources }) => resources.requests);
      const demand = demands.find((demand) => demand.name === (parts[metadata.name] ?? metadata.name));
      expect({ [metadata.name]: demand }).toMatchObject({
        [metadata.name]: {
          replicas: spec.replicas ?? 1,
          cpuMillis: requests.reduce((sum, { cpu }) => sum + cpuMillis(cpu), 0),
          memoryMebibytes: requests.reduce((sum, { memory }) => sum + mebibytes(memory), 0),
          arch: spec.template.spec.nodeSelector?.["kubernetes.io/arch"] ?? null,
        },
      });
    }
  }, 60_000);
});

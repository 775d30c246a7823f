import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { secondsToBeReady } from "../patience";
import { literal } from "../terraform/literal";

export type Values = Readonly<Record<string, unknown>>;

/** What every release has in common: it waits for what it brings to be ready, and for what it takes away to be gone. */
export function releaseConfig(
  name: string,
  namespace: string,
  values: Values,
): Pick<ReleaseConfig, "name" | "namespace" | "values" | "wait" | "waitForJobs" | "timeout" | "maxHistory"> {
  return {
    name,
    namespace,
    values: [literal(JSON.stringify(values))],
    wait: true,
    waitForJobs: true,
    timeout: secondsToBeReady,
    maxHistory: 10,
  };
}

export { Release };

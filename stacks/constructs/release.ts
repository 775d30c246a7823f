import { Release, type ReleaseConfig } from "@cdktf/provider-helm/lib/release";
import { secondsToBeReady } from "../patience";
import { literal } from "../terraform/literal";

export type Values = Readonly<Record<string, unknown>>;

/** Settings of every release: Helm waits until what it installs is ready, and until what it removes is gone. */
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

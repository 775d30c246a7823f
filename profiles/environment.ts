import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** What the platform's commands take from the environment. Nothing else reads it. */
export interface PlatformEnvironment {
  /** Name of a profile, or the path of a file that exports one. */
  readonly profile: string | undefined;
  /** Values to change in it, as `bronze.triggerSeconds=30 images.node.tag=1.2.3`. */
  readonly changes: string;
  readonly kubeconfig: string;
}

export function platformEnvironment(env: NodeJS.ProcessEnv = process.env): PlatformEnvironment {
  const [kubeconfig] = (env["KUBECONFIG"] ?? "").split(delimiter);
  return {
    profile: env["PROFILE"],
    changes: env["PROFILE_SET"] ?? "",
    kubeconfig: kubeconfig === undefined || kubeconfig === "" ? join(homedir(), ".kube/config") : kubeconfig,
  };
}

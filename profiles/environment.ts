import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** What the platform's commands read from the environment. Nothing else reads it. */
export interface PlatformEnvironment {
  /** Name of a profile, or the path of a file that exports one. */
  readonly profile: string | undefined;
  /** Values to change in the profile, as in `bronze.triggerSeconds=30 images.node.tag=1.2.3`. */
  readonly changes: string;
  /** Path of a file, or several as for kubectl: they are merged, and the first that sets a value wins. */
  readonly kubeconfig: string;
}

/** The files of a kubeconfig; some of them may not exist. */
export function kubeconfigFiles(kubeconfig: string): string[] {
  return kubeconfig.split(delimiter).filter((path) => path !== "");
}

export function platformEnvironment(env: NodeJS.ProcessEnv = process.env): PlatformEnvironment {
  const files = kubeconfigFiles(env["KUBECONFIG"] ?? "");
  return {
    profile: env["PROFILE"],
    changes: env["PROFILE_SET"] ?? "",
    kubeconfig: files.length === 0 ? join(homedir(), ".kube/config") : files.join(delimiter),
  };
}

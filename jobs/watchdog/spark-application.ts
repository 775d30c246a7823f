import { ApiRefusal, type ApiServer } from "./api-server";
import { seenApplication, type SeenApplication } from "./application-state";

const apiVersion = "sparkoperator.k8s.io/v1beta2";

/** In this state the operator deletes the last run and submits again; it sets it itself when a spec changes. */
const startAgain = "INVALIDATING";

/** A SparkApplication that was read, and can be restarted as long as nothing else has changed it. */
export class SparkApplication {
  private constructor(
    private readonly api: ApiServer,
    private readonly namespace: string,
    private readonly name: string,
    readonly seen: SeenApplication,
  ) {}

  static async read(api: ApiServer, namespace: string, name: string): Promise<SparkApplication> {
    const seen = seenApplication(await api.get(SparkApplication.path(namespace, name)));
    return new SparkApplication(api, namespace, name, seen);
  }

  /**
   * Makes the operator delete what is left of the last run and submit the application again, from any state.
   * @returns false when something else has changed the application since it was read
   */
  async restart(why: string): Promise<boolean> {
    try {
      await this.api.send("PATCH", `${SparkApplication.path(this.namespace, this.name)}/status`, {
        metadata: { resourceVersion: this.seen.resourceVersion },
        status: {
          // The message makes the patch a change even for an application that is stuck in this state.
          applicationState: { state: startAgain, errorMessage: why },
          // The schema requires it. An application that the operator never saw has none; any other keeps its own.
          driverInfo: {},
        },
      });
      return true;
    } catch (error) {
      if (error instanceof ApiRefusal && error.status === 409) return false;
      throw error;
    }
  }

  /** Leaves an Event, which `kubectl describe` shows beside the operator's. */
  async warn(reason: string, message: string): Promise<void> {
    const { name, namespace } = this;
    const at = new Date().toISOString();
    await this.api.send("POST", `/api/v1/namespaces/${namespace}/events`, {
      apiVersion: "v1",
      kind: "Event",
      metadata: { name: `${name}.watchdog-${Date.now().toString(16)}`, namespace },
      involvedObject: { apiVersion, kind: "SparkApplication", name, namespace, uid: this.seen.uid },
      type: "Warning",
      reason,
      message,
      source: { component: "watchdog" },
      firstTimestamp: at,
      lastTimestamp: at,
      count: 1,
    });
  }

  private static path(namespace: string, name: string): string {
    return `/apis/${apiVersion}/namespaces/${namespace}/sparkapplications/${name}`;
  }
}

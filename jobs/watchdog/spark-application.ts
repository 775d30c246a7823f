import { ApiRefusal, type ApiServer } from "./api-server";
import { seenApplication, type SeenApplication } from "./application-state";

const apiVersion = "sparkoperator.k8s.io/v1beta2";

/** The state whose handling is to clear the last run away and to submit anew: the operator sets it when a spec changes. */
const startAgain = "INVALIDATING";

/** A SparkApplication that was looked at, and may be started again as long as nothing else moves it. */
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
   * Has the operator delete what is left of the last run and submit the application anew, from whatever state.
   * @returns false when something else has moved the application since it was read
   */
  async restart(why: string): Promise<boolean> {
    try {
      await this.api.send("PATCH", `${SparkApplication.path(this.namespace, this.name)}/status`, {
        metadata: { resourceVersion: this.seen.resourceVersion },
        status: {
          // The message makes it a change for an application that is stuck in this very state.
          applicationState: { state: startAgain, errorMessage: why },
          // Asked for by the schema; an application that the operator never saw has none, any other keeps its own.
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

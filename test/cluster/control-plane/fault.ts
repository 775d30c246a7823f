import type { ControlPlane } from "./control-plane";

/** A fault in the cluster's own objects, the message that then reports it, and its repair. */
export interface ControlPlaneFault {
  readonly what: string;
  readonly healed: string;
  readonly inflict: (plane: ControlPlane) => Promise<unknown>;
  readonly said: (plane: ControlPlane) => Promise<unknown>;
  readonly heal: (plane: ControlPlane) => Promise<unknown>;
}

import type { ControlPlane } from "./control-plane";

/** Something done to the cluster's own objects, what then says so, and what puts it right. */
export interface ControlPlaneFault {
  readonly what: string;
  readonly healed: string;
  readonly inflict: (plane: ControlPlane) => Promise<unknown>;
  readonly said: (plane: ControlPlane) => Promise<unknown>;
  readonly heal: (plane: ControlPlane) => Promise<unknown>;
}

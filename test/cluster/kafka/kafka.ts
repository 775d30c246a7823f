import type { ClusterProfile, ClusterSettings } from "../settings";
import type { Kubectl } from "../kubectl";
import type { LakeKafka } from "./lake-kafka";
import { OutsideKafka } from "./outside";
import { StrimziKafka } from "./strimzi";

const kafkas: Readonly<
  Record<ClusterProfile, new (settings: ClusterSettings, kubectl: Kubectl) => LakeKafka>
> = {
  ci: OutsideKafka,
  kind: StrimziKafka,
};

export function kafkaOf(settings: ClusterSettings, kubectl: Kubectl): LakeKafka {
  return new kafkas[settings.profile](settings, kubectl);
}

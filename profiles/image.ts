import { ownImages } from "../versions";
import type { Image } from "./schema/image";

export type OwnImage = keyof typeof ownImages.folders;

export function ownRepository(image: OwnImage): string {
  return `${ownImages.registry}/${ownImages.folders[image]}`;
}

/** One of the project's own images, as built from `images/`. */
export function ownImage(image: OwnImage): Image {
  return { repository: ownRepository(image), tag: ownImages.tag, digest: null, pullPolicy: "IfNotPresent" };
}

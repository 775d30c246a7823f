import { ownImages } from "../versions";
import type { Image } from "./schema/image";

/** One of the project's own images, as `images/` builds it. */
export function ownImage(image: Exclude<keyof typeof ownImages, "tag">): Image {
  return { repository: ownImages[image], tag: ownImages.tag, digest: null, pullPolicy: "IfNotPresent" };
}

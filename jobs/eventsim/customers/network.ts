import type { Random } from "../random/random";

/** First bytes of the addresses of internet providers. */
const firstBytes = [23, 31, 37, 46, 62, 77, 81, 84, 89, 91, 109, 151, 176, 185, 188, 193, 212, 217];

/** A random IPv4 address. */
export function address(random: Random): string {
  return `${random.pick(firstBytes)}.${random.integer(0, 255)}.${random.integer(0, 255)}.${random.integer(1, 254)}`;
}

/** A random identifier of a device or a card, e.g. `d-1f3a09c2b4de`. */
export function token(prefix: string, random: Random): string {
  const word = () =>
    Math.floor(random.unit() * 0x1000000)
      .toString(16)
      .padStart(6, "0");
  return `${prefix}-${word()}${word()}`;
}

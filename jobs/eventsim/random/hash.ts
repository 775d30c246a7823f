/** MurmurHash3's inner step (32 bit): folds one 32-bit integer into a hash. */
function fold(hash: number, value: number): number {
  const scrambled = Math.imul(value, 0xcc9e2d51);
  const mixed = hash ^ Math.imul((scrambled << 15) | (scrambled >>> 17), 0x1b873593);
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

/** MurmurHash3's finish: every input bit reaches every output bit. */
function finish(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Hash of integers, from 0 to 2^32 - 1. It uses all bits of integers up to 2^53. */
export function hash(first: number, ...parts: readonly number[]): number {
  let h = fold(fold(0, first | 0), Math.floor(first / 0x100000000));
  for (const part of parts) h = fold(fold(h, part | 0), Math.floor(part / 0x100000000));
  return finish(h);
}

/** Like `hash` of three 32-bit integers, as a share in [0, 1). A fast version that runs for every event. */
export function share(a: number, b: number, c: number): number {
  return finish(fold(fold(fold(0, a), b), c)) / 0x100000000;
}

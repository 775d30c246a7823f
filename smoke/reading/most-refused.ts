/** How many of a topic's records may be refused: when there are few, one or two more than the share may be chance. */
export function mostRefused(records: number, share: number): number {
  const expected = records * share;
  return expected + 3 * Math.sqrt(expected) + 1;
}

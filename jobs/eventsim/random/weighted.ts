import type { Random } from "./random";

/** Items drawn by weight. */
export class Weighted<T> {
  private readonly cumulative: Float64Array;

  constructor(
    readonly items: readonly T[],
    weightOf: (item: T) => number,
  ) {
    let total = 0;
    this.cumulative = Float64Array.from(items, (item) => (total += weightOf(item)));
    if (!(total > 0)) throw new RangeError("weights must sum to more than 0");
  }

  draw(random: Random): T {
    const target = random.unit() * (this.cumulative.at(-1) ?? 0);
    let low = 0;
    let high = this.items.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.cumulative[middle] ?? 0) > target) high = middle;
      else low = middle + 1;
    }
    return this.items[low] as T;
  }
}

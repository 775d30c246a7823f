/** An item's element, and how the element shows a newer value. */
export interface Item<T> {
  readonly root: HTMLElement;
  readonly update: (value: T) => void;
}

/**
 * Children of `parent`, one per value. A value with a known key changes its element in place, so that what the reader has open,
 * selected or focused there stays so.
 */
export class KeyedList<T> {
  private readonly items = new Map<string, Item<T>>();

  constructor(
    private readonly parent: HTMLElement,
    private readonly keyOf: (value: T) => string,
    private readonly create: (value: T) => Item<T>,
  ) {}

  show(values: readonly T[]): void {
    const wanted = new Map(values.map((value) => [this.keyOf(value), value]));
    for (const [key, item] of this.items)
      if (!wanted.has(key)) {
        item.root.remove();
        this.items.delete(key);
      }
    let position = 0;
    for (const [key, value] of wanted) {
      let item = this.items.get(key);
      if (item) item.update(value);
      else {
        item = this.create(value);
        this.items.set(key, item);
      }
      const there = this.parent.children.item(position);
      if (there !== item.root) this.parent.insertBefore(item.root, there);
      position += 1;
    }
  }

  rootOf(key: string): HTMLElement | undefined {
    return this.items.get(key)?.root;
  }
}

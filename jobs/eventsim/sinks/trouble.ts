const sayAfterMs = 2000;

/** Says once that Kafka takes no records, and once that it takes them again; what passes at once is not said. */
export class Trouble {
  private timer: NodeJS.Timeout | undefined;
  private isSaid = false;

  constructor(
    private readonly address: string,
    private readonly say: (line: string) => void,
  ) {}

  begins(reason: string): void {
    this.timer ??= setTimeout(() => {
      this.isSaid = true;
      this.say(`Kafka ${this.address} takes no records (${reason}); they wait, and it is tried again`);
    }, sayAfterMs);
  }

  isOver(): void {
    clearTimeout(this.timer);
    if (this.isSaid) this.say(`Kafka ${this.address} takes records again`);
    this.timer = undefined;
    this.isSaid = false;
  }
}

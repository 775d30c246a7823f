const sayAfterMs = 2000;

/** Reports once that Kafka accepts no records, and once that it does again; brief trouble is not reported. */
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

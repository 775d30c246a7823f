import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

const keptDays = 7;

/** Archives of one image, kept from run to run by tag. One that nobody wanted for a week goes. */
export class ImageArchives {
  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  path(tag: string): string {
    return join(this.folder, `${this.name}-${tag}.tar`);
  }

  /** @returns whether it had to be made */
  async keep(tag: string, make: (archive: string) => Promise<void>): Promise<boolean> {
    const path = this.path(tag);
    const missing = !existsSync(path);
    if (missing) {
      const part = `${path}.part`;
      rmSync(part, { force: true });
      await make(part);
      renameSync(part, path);
    }
    const now = new Date();
    utimesSync(path, now, now);
    this.forgetUnwanted(now);
    return missing;
  }

  forget(tag: string): void {
    rmSync(this.path(tag), { force: true });
  }

  private forgetUnwanted(now: Date): void {
    const oldest = now.getTime() - keptDays * 86_400_000;
    for (const file of readdirSync(this.folder)) {
      const path = join(this.folder, file);
      if (file.startsWith(`${this.name}-`) && statSync(path).mtimeMs < oldest) rmSync(path);
    }
  }
}

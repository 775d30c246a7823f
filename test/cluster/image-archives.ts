import { existsSync, readdirSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";

const keptDays = 7;

/** Archives of one image, kept between runs by tag. One that was not used for a week is deleted. */
export class ImageArchives {
  constructor(
    private readonly folder: string,
    private readonly name: string,
  ) {}

  path(tag: string): string {
    return join(this.folder, `${this.name}-${tag}.tar`);
  }

  /** @returns whether it had to be created */
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

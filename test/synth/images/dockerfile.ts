import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(__dirname, "../../..");

export interface Stage {
  readonly from: string;
  readonly name: string | undefined;
  readonly lines: readonly string[];
}

export const imageNames: readonly string[] = readdirSync(join(root, "images"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .filter((name) => existsSync(join(root, "images", name, "Dockerfile")));

/** A Dockerfile of ours, instruction by instruction. */
export class Dockerfile {
  readonly stages: readonly Stage[];

  constructor(readonly image: string) {
    const text = readFileSync(join(root, this.path), "utf8");
    const lines = text
      .replaceAll(/^#.*\n/gm, "")
      .replaceAll(/\\\n\s*/g, "")
      .split("\n")
      .filter((line) => line.trim() !== "");
    const stages: { from: string; name: string | undefined; lines: string[] }[] = [];
    for (const line of lines) {
      const [, from, name] = /^FROM (\S+)(?: AS (\S+))?$/.exec(line) ?? [];
      if (from !== undefined) stages.push({ from, name, lines: [] });
      else stages.at(-1)?.lines.push(line);
    }
    this.stages = stages;
  }

  /** Below the repository's root. */
  get path(): string {
    return join("images", this.image, "Dockerfile");
  }

  get last(): Stage {
    const stage = this.stages.at(-1);
    if (!stage) throw new Error(`${this.path} has no stage`);
    return stage;
  }

  /** Paths of the repository that are copied in. */
  sources(stages: readonly Stage[] = this.stages): readonly string[] {
    return stages
      .flatMap(({ lines }) => lines)
      .filter((line) => line.startsWith("COPY ") && !line.includes("--from="))
      .flatMap((line) =>
        line
          .split(/\s+/)
          .slice(1, -1)
          .filter((word) => !word.startsWith("--")),
      );
  }

  /** The npm packages that are selected for it. */
  get packages(): readonly string[] {
    const [, names = ""] =
      /node images\/select-packages\.mjs ([^&|]+)/.exec(
        this.stages.flatMap(({ lines }) => lines).join("\n"),
      ) ?? [];
    return names.trim().split(/\s+/);
  }
}

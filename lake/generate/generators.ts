/** A committed file that follows from the contract. `path` is relative to the repository. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** Everything that is generated from `lake/`. A test fails when a committed file differs. */
export const generators: readonly (() => readonly GeneratedFile[])[] = [];

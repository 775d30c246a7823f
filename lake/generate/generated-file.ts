/** A committed file that is generated from the contract. `path` is relative to the repository. */
export interface GeneratedFile {
  readonly path: string;
  readonly content: string;
}

/** How something is added, by the list of `CONTRIBUTING.md`. */
export interface Recipe {
  readonly what: string;
  /** What is put in front of a text of a file. */
  readonly edits: readonly { readonly path: string; readonly before: string; readonly add: string }[];
  /** New files, by their folder. */
  readonly files: readonly { readonly folder: string; readonly name: string; readonly content: string }[];
  /** What follows from it, by the generated file that says so. */
  readonly generated: Readonly<Record<string, string>>;
}

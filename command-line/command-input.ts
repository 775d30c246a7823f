/** What every command is given. */
export interface CommandInput {
  /** Root of the checkout. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** What stands behind the command's name. */
  readonly words: readonly string[];
}

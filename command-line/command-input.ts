/** What every command is given. */
export interface CommandInput {
  /** Root of the checkout. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** The arguments behind the command's name. */
  readonly args: readonly string[];
}

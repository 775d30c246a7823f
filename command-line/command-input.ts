/** The input of every command. */
export interface CommandInput {
  /** Root of the checkout. */
  readonly root: string;
  readonly env: NodeJS.ProcessEnv;
  /** The arguments after the command's name. */
  readonly args: readonly string[];
}

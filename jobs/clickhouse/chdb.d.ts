/** The package has types for this entry point, but declares them only for newer module resolution than the project's. */
declare module "chdb/libchdb" {
  /** The path of the engine's library for this machine. Throws when it was not built for this kind of machine. */
  export function libchdbPath(): string;
}

/** The package has types for this door, but says so only to newer ways of resolving modules than the project's. */
declare module "chdb/libchdb" {
  /** The path of the engine's library for this machine. Throws when the machine is none that it was built for. */
  export function libchdbPath(): string;
}

/** The one place where local/ reads the environment. */
export function environment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

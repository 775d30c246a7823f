/** The one place where the commands read the environment. */
export function environment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

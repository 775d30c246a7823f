/** The only place where the commands read environment variables. */
export function environment(): NodeJS.ProcessEnv {
  return { ...process.env };
}

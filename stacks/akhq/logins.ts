export const people = ["reader", "operator"] as const;

/** Keys of AKHQ's Secret; each has a hash beside it. `token` signs the session cookies. */
export const akhqLogins = [...people, "token"] as const;

/** The environment variable of AKHQ's pod that holds the hash. */
export function hashVariable(login: (typeof akhqLogins)[number]): string {
  return `AKHQ_${login.toUpperCase()}_SHA256`;
}

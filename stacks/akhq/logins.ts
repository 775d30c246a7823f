export const people = ["reader", "operator"] as const;

/** Its keys; a hash is beside each. `token` signs the cookies. */
export const akhqLogins = [...people, "token"] as const;

/** The variable of AKHQ's pod that holds the hash. */
export function hashVariable(login: (typeof akhqLogins)[number]): string {
  return `AKHQ_${login.toUpperCase()}_SHA256`;
}

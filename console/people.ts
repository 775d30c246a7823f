/** Who may log in to the console: `reader` looks, `operator` may also start the checks and send records again. */
export const people = ["reader", "operator"] as const;

export type Person = (typeof people)[number];

export function isPerson(name: string): name is Person {
  return (people as readonly string[]).includes(name);
}

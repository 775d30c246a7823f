import type { CommandInput } from "../command-line/command-input";
import { UsageError } from "../command-line/usage-error";
import { eventsimFigures } from "./eventsim";
import { table, type Figure } from "./figure";
import { lakeFigures } from "./lake";
import { machine } from "./machine";

const benches: Record<string, (input: CommandInput) => Promise<Figure[]>> = {
  lake: lakeFigures,
  eventsim: eventsimFigures,
  // Imported only when needed, because `npm start` loads this file, too.
  day: async (input) => (await import("./day")).dayFigures(input),
  fraud: async (input) => (await import("./fraud")).fraudFigures(input),
  console: async (input) => (await import("./console")).consoleFigures(input),
  recovery: async () => (await import("./recovery")).recoveryFigures(),
};

/** `npm run bench [-- lake|eventsim|day|fraud|console|recovery …]`: measures and prints a table; a missed goal is no failure. */
export async function bench(input: CommandInput): Promise<number> {
  const names = input.args.length > 0 ? input.args : Object.keys(benches);
  const figures: Figure[] = [];
  const seenOn = machine();
  for (const name of names) {
    const run = benches[name];
    if (!run) throw new UsageError(`bench: got '${name}', allowed: ${Object.keys(benches).join(", ")}`);
    figures.push(...(await run(input)));
  }
  console.log(`\n${seenOn}\n\n${table(figures)}`);
  return 0;
}

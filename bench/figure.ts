/** A measured figure and its goal. */
export interface Figure {
  readonly name: string;
  readonly measured: string;
  readonly goal: string;
  readonly met: boolean;
}

export function table(figures: readonly Figure[]): string {
  const rows = figures.map(
    ({ name, measured, goal, met }) => `| ${name} | ${measured} | ${goal} | ${met ? "yes" : "no"} |`,
  );
  return ["| figure | measured | goal | met |", "|---|---|---|---|", ...rows].join("\n");
}

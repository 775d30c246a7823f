/** Median of the seconds between a step's newest commits; undefined when there are fewer than two. */
export function observedIntervalSeconds(commits: readonly { committedAt: string }[]): number | undefined {
  const times = commits.slice(-20).map(({ committedAt }) => Date.parse(committedAt) / 1000);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  gaps.sort((a, b) => a - b);
  return gaps[Math.floor(gaps.length / 2)];
}

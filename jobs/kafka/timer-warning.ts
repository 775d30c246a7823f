/** kafkajs sets timers in the past. Node.js 24 warns of this at every start of a client, and users can't act on it. */
const unactionable = "TimeoutNegativeWarning";

const emitWarning = process.emitWarning.bind(process) as (...args: readonly unknown[]) => void;

process.emitWarning = (warning: string | Error, ...rest: readonly unknown[]): void => {
  const [given] = rest;
  const type = typeof given === "object" && given !== null && "type" in given ? given.type : given;
  if (type !== unactionable) emitWarning(warning, ...rest);
};

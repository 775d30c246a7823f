import type { WriteStream } from "node:tty";

/** One step of the set-up. */
export interface Step {
  /** Reports the step's progress, like `38 % of 126 MB`. */
  at(where: string): void;
  /** Ends the step and prints one line with its result and duration. */
  done(result: string): void;
}

export interface Progress {
  step(name: string): Step;
  line(text: string): void;
}

/** Prints nothing. */
export const silentProgress: Progress = {
  step: () => ({ at: () => undefined, done: () => undefined }),
  line: () => undefined,
};

const plainEverySeconds = 10;

/**
 * Shows steps that may run in parallel: on a terminal in one line that is redrawn, elsewhere as a plain line every ten
 * seconds. A step prints nothing until its first progress or result, so a skipped step prints nothing.
 */
export function showProgress(stream: NodeJS.WriteStream): Progress {
  const terminal = stream.isTTY ? stream : undefined;
  const running = new Map<string, string>();

  const redraw = (terminal: WriteStream): void => {
    terminal.clearLine(0);
    terminal.cursorTo(0);
    const text = [...running].map(([name, where]) => `${name}: ${where}`).join("  ·  ");
    terminal.write(text.slice(0, Math.max(terminal.columns - 1, 20)));
  };
  const line = (text: string): void => {
    if (terminal) {
      terminal.clearLine(0);
      terminal.cursorTo(0);
    }
    stream.write(`${text}\n`);
    if (terminal && running.size > 0) redraw(terminal);
  };

  return {
    line,
    step(name) {
      const startedAt = Date.now();
      let saidAt = 0;
      return {
        at(where) {
          running.set(name, where);
          if (terminal) redraw(terminal);
          else if (Date.now() - saidAt >= plainEverySeconds * 1000) {
            saidAt = Date.now();
            line(`${name}: ${where}`);
          }
        },
        done(result) {
          running.delete(name);
          line(`${name}: ${result} (${((Date.now() - startedAt) / 1000).toFixed(1)} s)`);
        },
      };
    },
  };
}

export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(bytes < 10e6 ? 1 : 0)} MB`;
}

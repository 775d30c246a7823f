import { closeSync, constants, createReadStream, openSync } from "node:fs";
import { Socket } from "node:net";

/** A file or pipe the engine writes a result to. */
export interface ResultFile {
  readonly chunks: AsyncIterable<Buffer>;
  /** To be called when the engine is done with it: `chunks` ends behind what is there then. */
  ended(succeeded: boolean): void;
}

/**
 * Reads a named pipe without a thread, and with the engine waiting while the reader does.
 * The write end held here keeps the pipe from ending before the engine has opened it.
 */
export function readPipe(pipe: string): ResultFile {
  const reading = openSync(pipe, constants.O_RDONLY | constants.O_NONBLOCK);
  const writing = openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK);
  const chunks = new Socket({ fd: reading, readable: true, writable: false });
  return { chunks, ended: () => closeSync(writing) };
}

/** Reads a file, but only once it is complete; nothing of it when the query failed. */
export function readWhenComplete(file: string): ResultFile {
  let ended: (succeeded: boolean) => void = () => undefined;
  const complete = new Promise<boolean>((resolve) => (ended = resolve));
  async function* chunks(): AsyncGenerator<Buffer> {
    if (await complete) yield* createReadStream(file) as AsyncIterable<Buffer>;
  }
  return { chunks: chunks(), ended };
}

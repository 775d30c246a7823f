import { libchdbPath } from "chdb/libchdb";
import { DataType, isNullPointer, load, open, restorePointer, wrapPointer, type JsExternal } from "ffi-rs";

const library = "libchdb";

function errorOf(result: JsExternal): string | undefined {
  const error = load({
    library,
    funcName: "chdb_result_error",
    retType: DataType.External,
    paramsType: [DataType.External],
    paramsValue: [result],
  });
  if (isNullPointer(error)) return undefined;
  const [text] = restorePointer({ retType: [DataType.String], paramsValue: wrapPointer([error]) });
  return String(text);
}

/** What the engine can be told in no other way. */
export interface EngineEnvironment {
  /** The time zone of dates and times without one. */
  readonly TZ: string;
  /** A file of libhdfs3's settings. */
  readonly LIBHDFS3_CONF: string;
}

/**
 * Runs `clickhouse-local` out of the engine's library, in this process, on a thread of its own. Once a process.
 *
 * @param args its command line
 * @returns when its scripts have ended; what went wrong in them it has said on standard error itself
 * @throws Error for a command line that it does not understand
 */
export async function runEngine(args: readonly string[], environment: EngineEnvironment): Promise<void> {
  Object.assign(process.env, environment);
  open({ library, path: libchdbPath() });
  const words = ["clickhouse-local", ...args];
  const result = await load({
    library,
    funcName: "chdb_query_cmdline",
    retType: DataType.External,
    paramsType: [DataType.I32, DataType.StringArray],
    paramsValue: [words.length, words],
    runInNewThread: true,
  });
  const error = isNullPointer(result) ? undefined : errorOf(result);
  if (error !== undefined) throw new Error(`The engine does not start: ${error.trim()}`);
}

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

/** Settings that the engine takes only from the environment. */
export interface EngineEnvironment {
  /** The time zone of dates and times without one. */
  readonly TZ: string;
  /** Path of a file with libhdfs3's settings. */
  readonly LIBHDFS3_CONF: string;
}

/**
 * Runs `clickhouse-local` from the engine's library, on a thread of this process. It can be called once per process.
 *
 * @param args its command line
 * @returns when its scripts have ended; the engine prints their errors to standard error itself
 * @throws Error for a command line that the engine does not understand
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

import { smokeOptions, type SmokeOptions } from "./options";

/** What `runSmoke` hands to the process that runs the checks. */
export interface Assignment {
  readonly options: SmokeOptions;
  /** Folder in which the outcomes of this run are kept. */
  readonly folder: string;
}

const optionsVariable = "SMOKE_OPTIONS";
const folderVariable = "SMOKE_FOLDER";

/** The environment of that process: credentials stand on no command line. */
export function assignmentEnvironment({ options, folder }: Assignment): NodeJS.ProcessEnv {
  return { ...process.env, [optionsVariable]: JSON.stringify(options), [folderVariable]: folder };
}

export function readAssignment(): Assignment {
  const options = process.env[optionsVariable];
  const folder = process.env[folderVariable];
  if (options === undefined || folder === undefined)
    throw new Error("the checks were started without options: run them by `npm run smoke`");
  return { options: smokeOptions.parse(JSON.parse(options)), folder };
}

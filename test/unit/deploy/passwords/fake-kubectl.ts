import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/** The parts of a cluster's state that the command uses. */
export interface State {
  readonly secrets: Record<string, { metadata: { uid: string }; data: Record<string, string> }>;
  readonly entityOperators: number;
  /** Number of look-ups of a deleted Secret before Strimzi has created it again. */
  readonly looksUntilMade: number;
  /** Results of consecutive look-ups of a SparkApplication: its state and its driver, if it has one. */
  readonly looks: readonly (readonly [state: string, driver?: string])[];
  readonly done: string[];
}

/** Does with a state file what kubectl does with a cluster; any other command is only recorded. */
const program = `#!${process.execPath}
const { readFileSync, writeFileSync } = require("node:fs");
const file = process.env.FAKE_STATE;
const words = process.argv.slice(2).filter((word, index, all) => !/^--(kubeconfig|context|namespace)$/.test(word) && !/^--(kubeconfig|context|namespace)$/.test(all[index - 1] ?? ""));
const [verb, kind, name] = words;
if (verb === "config") { console.log("kind-lake"); process.exit(0); }
if (verb === "version") { console.log("{}"); process.exit(0); }
const state = JSON.parse(readFileSync(file, "utf8"));
const end = (code, said = "") => { writeFileSync(file, JSON.stringify(state)); (code === 0 ? console.log : console.error)(said); process.exit(code); };
if (verb === "get" && kind === "deployment") end(0, JSON.stringify({ status: state.entityOperators > 0 ? { availableReplicas: state.entityOperators } : {} }));
if (verb === "get" && kind === "secret") {
  if (!state.secrets[name] && state.done.includes("delete secret " + name) && state.looksUntilMade-- <= 0)
    state.secrets[name] = { metadata: { uid: "made anew" }, data: { password: Buffer.from("new").toString("base64") } };
  end(state.secrets[name] ? 0 : 1, state.secrets[name] ? JSON.stringify(state.secrets[name]) : 'secrets "' + name + '" not found');
}
if (verb === "get" && kind.startsWith("sparkapplication/")) {
  const [now, driver] = state.looks.length > 1 ? state.looks.shift() : state.looks[0];
  const application = { kind: "SparkApplication", metadata: { uid: "a" }, status: { applicationState: { state: now } } };
  end(0, JSON.stringify({ items: [application, ...(driver ? [{ kind: "Pod", metadata: { uid: driver } }] : [])] }));
}
if (verb === "delete") delete state.secrets[name];
if (verb === "patch" && kind === "secret") {
  const { stringData } = JSON.parse(readFileSync(words[words.indexOf("--patch-file") + 1], "utf8"));
  for (const [key, value] of Object.entries(stringData)) state.secrets[name].data[key] = Buffer.from(value).toString("base64");
}
state.done.push(words.filter((word) => !word.includes("/tmp/")).join(" "));
end(state.refuses === verb ? 1 : 0);
`;

export class FakeKubectl {
  private readonly folder = mkdtempSync(join(tmpdir(), "kubectl-"));
  private readonly file = join(this.folder, "state.json");

  constructor(state: Partial<State> & { readonly refuses?: string }) {
    const executable = join(this.folder, "kubectl");
    writeFileSync(executable, program);
    chmodSync(executable, 0o755);
    writeFileSync(join(this.folder, "kubeconfig"), "");
    const empty = {
      secrets: {},
      entityOperators: 1,
      looksUntilMade: 0,
      looks: [["RUNNING", "old"], ["INVALIDATING"], ["RUNNING", "new"]],
      done: [],
    };
    writeFileSync(this.file, JSON.stringify({ ...empty, ...state }));
  }

  get env(): NodeJS.ProcessEnv {
    return {
      ...process.env,
      PATH: [this.folder, process.env["PATH"]].join(delimiter),
      KUBECONFIG: join(this.folder, "kubeconfig"),
      FAKE_STATE: this.file,
      PROFILE: "",
      PROFILE_SET: "",
    };
  }

  get state(): State {
    return JSON.parse(readFileSync(this.file, "utf8")) as State;
  }

  /** The value of a Secret's key. */
  value(secret: string, key: string): string {
    return Buffer.from(this.state.secrets[secret]?.data[key] ?? "", "base64").toString();
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}

import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { renderChart } from "../../fixtures/render-chart";

const root = join(__dirname, "../../..");

/** Runs statements one after the other, and prints an array: the answer of each, or its error. */
const program = `
  const { Session } = require("chdb");
  const [, config, data, statements] = process.argv;
  const session = new Session(data, { connectionArgs: ["--config-file=" + config] });
  (async () => {
    const answers = [];
    for (const statement of JSON.parse(statements))
      answers.push(await session.queryAsync(statement, { format: "TabSeparated" }).then(
        (result) => result.text().trim(),
        (error) => String(error.message).split("\\n")[0],
      ));
    session.close();
    console.log(JSON.stringify(answers));
  })();`;

/** The configuration of a server's own files, before the chart's are merged into it. */
const ownConfig = `<clickhouse>
  <query_log><partition_by>toYYYYMM(event_date)</partition_by></query_log>
  <text_log><level>trace</level></text_log>
  <mysql_port>9004</mysql_port>
</clickhouse>`;
const ownUsers = `<clickhouse>
  <profiles><default/></profiles>
  <quotas><default/></quotas>
</clickhouse>`;

function withUsers(config: string, path: string): string {
  return config.replace("<clickhouse>", `<clickhouse>\n  <users_config>${path}</users_config>`);
}

/** A user's definition under `default`, the only name by which the engine knows its caller. */
function calledDefault(users: string, user: string): string {
  const definition = new RegExp(`<${user}>(\\s*<password.*?)</${user}>`, "s");
  return users
    .replace('<default remove="remove"/>', "")
    .replace(definition, "<default>$1</default>")
    .replaceAll(/<password from_env="\w+"\/>/g, "<no_password/>");
}

/**
 * ClickHouse's engine with the chart's configuration, merged as a server merges it, and with the rights that the chart gives to
 * a user: the engine knows its caller only as `default`.
 */
export class ChartEngine {
  private readonly folder = mkdtempSync(join(tmpdir(), "chart-engine-"));
  private readonly config = join(this.folder, "config.xml");

  /** The server's files as the chart renders them. */
  static async filesOf(values: object): Promise<{ readonly server: string; readonly users: string }> {
    const { data = {} } = (await renderChart("clickhouse", values)).one("ConfigMap", "clickhouse-config");
    return { server: data["server.xml"] ?? "", users: data["users.xml"] ?? "" };
  }

  /** @param user one of the chart's; `everything` for one who may do everything */
  static async as(user: "serve" | "reader" | "everything", values: object): Promise<ChartEngine> {
    const files = await ChartEngine.filesOf(values);
    const engine = new ChartEngine();
    const usersConfig = join(engine.folder, "users.xml");
    const isOwn = user === "everything";
    engine.write("config.xml", isOwn ? ownConfig : withUsers(ownConfig, usersConfig));
    engine.write("config.d/lake.xml", files.server.replace("/backups/", `${engine.backups}/`));
    engine.write("users.xml", ownUsers);
    engine.write("users.d/lake.xml", calledDefault(files.users, user));
    mkdirSync(engine.backups);
    return engine;
  }

  get backups(): string {
    return join(this.folder, "backups");
  }

  /** The answer to each statement, or the first line of its error. */
  async run(...statements: string[]): Promise<string[]> {
    const args = ["--eval", program, this.config, join(this.folder, "data"), JSON.stringify(statements)];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root });
    return z.array(z.string()).parse(JSON.parse(stdout));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(path: string, content: string): void {
    mkdirSync(join(this.folder, path, ".."), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }
}

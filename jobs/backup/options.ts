import { Command, CommanderError, InvalidArgumentError } from "commander";
import { z } from "zod";
import { readSecretFile } from "../../command-line/secret-file";
import { UsageError } from "../../command-line/usage-error";

/** The task that the command line names. */
export type Task =
  | { readonly kind: "make"; readonly keep: number }
  | { readonly kind: "list" }
  | { readonly kind: "check" | "restore"; readonly name: string; readonly replace: boolean }
  | { readonly kind: "rehearse"; readonly name: string };

export interface BackupOptions {
  readonly clickhouse: string;
  readonly clickhouseUser: string;
  readonly clickhousePassword: string;
  readonly folder: string;
  readonly task: Task;
}

const mostKept = 366;

function clickhouseUrl(text: string): string {
  if (z.url({ protocol: /^https?$/ }).safeParse(text).success) return text;
  throw new InvalidArgumentError("Allowed is http://host:port.");
}

function keep(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= mostKept) return value;
  throw new InvalidArgumentError(`Allowed is a whole number from 1 to ${mostKept}.`);
}

function passwordIn(file: string): string {
  try {
    return readSecretFile(file);
  } catch (error) {
    throw new InvalidArgumentError(`Allowed is a readable file (${(error as Error).message}).`);
  }
}

const replaceOption = [
  "--replace",
  "put it in the place of the rows that are there, or of a restore that was cut off",
] as const;

function command(chosen: (task: Task) => void): Command {
  const root = new Command("backup")
    .description("copies the lake's database of a ClickHouse, and puts a copy in its place")
    .requiredOption("--clickhouse <url>", "ClickHouse's HTTP interface", clickhouseUrl)
    .option("--clickhouse-user <name>", "user that may read and write the database", "default")
    .option(
      "--clickhouse-password-file <file>",
      "file that holds the user's password; none without it",
      passwordIn,
    )
    .requiredOption("--folder <folder>", "of ClickHouse's disk `backups`, as this process sees it");
  root
    .command("make")
    .description("copies the database, then deletes the oldest copies")
    .requiredOption("--keep <n>", "how many copies stay", keep)
    .action((given: { keep: number }) => chosen({ kind: "make", keep: given.keep }));
  root
    .command("list")
    .description("lists the copies")
    .action(() => chosen({ kind: "list" }));
  for (const [kind, what] of [
    ["check", "says whether a copy could be restored now, and changes nothing"],
    ["restore", "puts a copy in the place of the database"],
  ] as const)
    root
      .command(kind)
      .description(what)
      .argument("<name>", "of the copy")
      .option(...replaceOption, false)
      .action((name: string, { replace }: { replace: boolean }) => chosen({ kind, name, replace }));
  root
    .command("rehearse")
    .description("restores a copy beside the database, reads all of it, and takes it away again")
    .argument("<name>", "of the copy")
    .action((name: string) => chosen({ kind: "rehearse", name }));
  for (const each of [root, ...root.commands])
    each.exitOverride().configureOutput({ writeErr: () => undefined });
  return root;
}

/**
 * Options from the command line; undefined when only help was asked for.
 * @throws UsageError
 */
export function readOptions(argv: readonly string[]): BackupOptions | undefined {
  let task: Task | undefined;
  const root = command((chosen) => (task = chosen));
  try {
    root.parse([...argv]);
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return undefined;
    const tasks = root.commands.map((each) => each.name()).join(", ");
    throw new UsageError(
      error.code === "commander.help"
        ? `task: got nothing, allowed: ${tasks}`
        : error.message.replace(/^error: /, ""),
    );
  }
  if (!task) throw new UsageError("task: got nothing");
  const given = root.opts<{
    clickhouse: string;
    clickhouseUser: string;
    clickhousePasswordFile?: string;
    folder: string;
  }>();
  const { clickhousePasswordFile: clickhousePassword = "", ...options } = given;
  return { ...options, clickhousePassword, task };
}

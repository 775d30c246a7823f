import { writeFileSync } from "node:fs";
import { Command, Option } from "commander";
import { readKafkaLogin, type KafkaLogin } from "../kafka/login";
import { kafkaMechanisms } from "../kafka/security";
import { loginFile } from "./login-file";

interface Options extends KafkaLogin {
  readonly connection: string;
  readonly out: string;
}

/** Runs before AKHQ: copies its password from a file into the configuration that AKHQ reads, quoted as Kafka expects. */
function main(): void {
  const { connection, out, ...login } = new Command("akhq")
    .description("writes the part of AKHQ's configuration that logs in to Kafka")
    .requiredOption("--kafka-user <name>", "user that Kafka knows AKHQ as")
    .requiredOption("--kafka-password-file <file>", "file that holds the user's password")
    .addOption(
      new Option("--kafka-mechanism <name>", "how the user logs in")
        .choices(kafkaMechanisms)
        .default("scram-sha-512"),
    )
    .requiredOption("--connection <name>", "the connection's name in AKHQ's configuration")
    .requiredOption("--out <file>", "file to write, which nobody else may read")
    .parse()
    .opts<Options>();
  const { sasl } = readKafkaLogin(login);
  if (sasl) writeFileSync(out, loginFile(connection, sasl), { mode: 0o600 });
}

try {
  main();
} catch (error) {
  console.error(`akhq: ${(error as Error).message}`);
  process.exitCode = 2;
}

import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const password = "of-the-test";
const alias = "broker";

export interface Keystore {
  /** PKCS12, with the key and its certificate. */
  readonly file: string;
  readonly password: string;
  /** PEM file of the self-signed certificate, by which clients know the broker. */
  readonly certificate: string;
}

/** A new key and certificate for 127.0.0.1, made by the `keytool` beside `java`. */
export async function makeKeystore(java: string, folder: string): Promise<Keystore> {
  mkdirSync(folder, { recursive: true });
  const keytool = join(dirname(java), "keytool");
  const [file, certificate] = [join(folder, "broker.p12"), join(folder, "broker.crt")];
  const store = ["-keystore", file, "-storetype", "PKCS12", "-storepass", password, "-alias", alias];
  const key = ["-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=Kafka", "-ext", "san=ip:127.0.0.1"];
  await run(keytool, ["-genkeypair", ...store, ...key]);
  await run(keytool, ["-exportcert", "-rfc", "-file", certificate, ...store]);
  return { file, password, certificate };
}

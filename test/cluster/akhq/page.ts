import type { Kubectl } from "../kubectl";
import { PortForward } from "../port-forward";
import type { ClusterSettings } from "../settings";

export type AkhqUser = "reader" | "operator";

export interface AkhqAnswer {
  readonly status: number;
  readonly text: string;
}

/** A session of one user, or of nobody. */
export class AkhqSession {
  constructor(
    private readonly url: string,
    private readonly cookie: string | undefined,
  ) {}

  get(path: string): Promise<AkhqAnswer> {
    return this.ask("GET", path);
  }

  async ask(method: string, path: string): Promise<AkhqAnswer> {
    const headers = this.cookie === undefined ? {} : { cookie: this.cookie };
    const answer = await fetch(`${this.url}${path}`, { method, headers, redirect: "manual" });
    return { status: answer.status, text: await answer.text() };
  }
}

/** AKHQ's page, as a person reaches it. */
export class AkhqPage {
  private constructor(
    private readonly kubectl: Kubectl,
    private readonly namespace: string,
    private readonly forward: PortForward,
  ) {}

  static async open(settings: ClusterSettings, kubectl: Kubectl, namespace: string): Promise<AkhqPage> {
    await kubectl.do("rollout", "status", "deployment/akhq", "-n", namespace, "--timeout=300s");
    const forward = await PortForward.open(settings, namespace, "akhq", 80);
    return new AkhqPage(kubectl, namespace, forward);
  }

  get url(): string {
    return this.forward.url;
  }

  close(): void {
    this.forward.close();
  }

  anonymous(): AkhqSession {
    return new AkhqSession(this.url, undefined);
  }

  /** @param password a password other than the one that the chart created */
  async logIn(user: AkhqUser, password?: string): Promise<AkhqSession> {
    const body = JSON.stringify({ username: user, password: password ?? (await this.password(user)) });
    const answer = await fetch(`${this.url}/login`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      redirect: "manual",
      body,
    });
    const cookie = answer.headers.getSetCookie().find((given) => given.startsWith("JWT="));
    if (cookie === undefined)
      throw new Error(`the log-in of ${user} was refused: ${answer.status} ${await answer.text()}`);
    return new AkhqSession(this.url, cookie.split(";")[0]);
  }

  private async password(user: AkhqUser): Promise<string> {
    const secret = ["get", "secret", "akhq-login", "-n", this.namespace, "-o", `jsonpath={.data.${user}}`];
    return Buffer.from(await this.kubectl.do(...secret), "base64").toString();
  }
}

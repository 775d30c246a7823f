import { request, type Reply } from "./http-reply";

/** The class and message of what HDFS refused. */
export interface RemoteException {
  readonly exception: string;
  readonly message: string;
}

export function remoteException({ status, body }: Reply): RemoteException | undefined {
  if (status < 400) return undefined;
  const text = body.toString("utf8");
  try {
    return (JSON.parse(text) as { RemoteException: RemoteException }).RemoteException;
  } catch {
    return { exception: "", message: text.slice(0, 200) };
  }
}

/** What a NameNode says that leaves the work to the other one. */
const notActive = new Set(["StandbyException", "RetriableException"]);

/** Failures before anything was sent: the request may go to another NameNode without being done twice. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
]);

/**
 * The NameNodes of one file system, of which one is active. The one that answered last is asked first. With one
 * NameNode alone its own answer is returned, whatever it says.
 */
export class NameNodes {
  private active = 0;
  private readonly addresses: readonly string[];

  /** @param addresses `http://host:port`, several by comma */
  constructor(addresses: string) {
    this.addresses = addresses.split(",");
  }

  /** @param path with its query, behind the address */
  async request(method: string, path: string): Promise<Reply> {
    if (this.addresses.length === 1) return request(method, `${this.addresses[0]}${path}`);
    const reasons: string[] = [];
    const first = this.active;
    for (let tried = 0; tried < this.addresses.length; tried++) {
      this.active = (first + tried) % this.addresses.length;
      const address = this.addresses[this.active];
      try {
        const reply = await request(method, `${address}${path}`);
        const refused = remoteException(reply);
        if (refused === undefined || !notActive.has(refused.exception)) return reply;
        reasons.push(`${address}: ${refused.exception}: ${refused.message.split("\n")[0]}`);
      } catch (error) {
        const { code = "", message } = error as NodeJS.ErrnoException;
        reasons.push(`${address}: ${message || code}`);
        if (method !== "GET" && !neverSent.has(code)) break;
      }
    }
    // Next time another one is asked first.
    this.active = (this.active + 1) % this.addresses.length;
    throw new Error(`no NameNode of HDFS is active: ${reasons.join("; ")}`);
  }
}

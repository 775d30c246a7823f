import { request, type Reply } from "./http-reply";

/** Class and message of an exception of HDFS. */
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

/** Exceptions of a NameNode that is not the active one. */
const notActive = new Set(["StandbyException", "RetriableException"]);

/** Errors before anything was sent: the request can go to another NameNode without being executed twice. */
const neverSent = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ETIMEDOUT",
]);

/**
 * The NameNodes of one file system, of which one is active. The one that answered last is asked first. When there is
 * only one, its answer is returned, whatever it is.
 */
export class NameNodes {
  private active = 0;
  private readonly addresses: readonly string[];

  /** @param addresses `http://host:port`, several separated by commas */
  constructor(addresses: string) {
    this.addresses = addresses.split(",");
  }

  /** @param path with its query, without the address */
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
    // The next request asks another one first.
    this.active = (this.active + 1) % this.addresses.length;
    throw new Error(`no NameNode of HDFS is active: ${reasons.join("; ")}`);
  }
}

import { ClickHouseError } from "./errors";
import type { Connection, Engine } from "./engine";
import { applyDefaults } from "./session-settings";

/** A place to run one query at a time. */
export interface Slot {
  /** A named pipe for the result; nobody else uses it while the slot is held. */
  readonly pipe: string;
}

const longestQueue = 500;

/** Hands out as many slots as queries may run at once; the others wait in line. */
export class Slots {
  private readonly free: Slot[];
  private readonly waiting: ((slot: Slot) => void)[] = [];

  constructor(pipes: readonly string[]) {
    this.free = pipes.map((pipe) => ({ pipe }));
  }

  /**
   * @param signal leaves the line when aborted
   * @throws ClickHouseError 202 when the line is too long, 394 when `signal` was aborted
   */
  async take(signal: AbortSignal): Promise<Slot> {
    const slot = this.free.pop();
    if (slot !== undefined) return slot;
    if (this.waiting.length >= longestQueue) {
      throw new ClickHouseError(
        202,
        "TOO_MANY_SIMULTANEOUS_QUERIES",
        `Too many simultaneous queries: ${longestQueue} are waiting. Send fewer at once, or start with more --sessions`,
      );
    }
    return new Promise((resolve, reject) => {
      const abandon = () => {
        this.waiting.splice(this.waiting.indexOf(turn), 1);
        reject(
          new ClickHouseError(394, "QUERY_WAS_CANCELLED", "The client went away while the query waited"),
        );
      };
      const turn = (given: Slot) => {
        signal.removeEventListener("abort", abandon);
        resolve(given);
      };
      this.waiting.push(turn);
      signal.addEventListener("abort", abandon, { once: true });
    });
  }

  giveBack(slot: Slot): void {
    const next = this.waiting.shift();
    if (next === undefined) this.free.push(slot);
    else next(slot);
  }
}

/** What a request says of the session it belongs to. */
export interface SessionRequest {
  readonly id: string;
  readonly timeoutSeconds: number;
  /** Refuse when the session is not there yet. */
  readonly mustExist: boolean;
  readonly closeAfterwards: boolean;
}

interface NamedSession {
  readonly connection: Connection;
  busy: boolean;
  expiry: NodeJS.Timeout | undefined;
}

/** Sessions that a `session_id` keeps: temporary tables, SET and USE last until they time out. */
export class NamedSessions {
  private readonly sessions = new Map<string, NamedSession>();

  constructor(private readonly engine: Engine) {}

  /** @throws ClickHouseError 372 when it must exist and does not, 373 while another query uses it */
  async take(request: SessionRequest): Promise<Connection> {
    const known = this.sessions.get(request.id);
    if (known?.busy === true) {
      throw new ClickHouseError(
        373,
        "SESSION_IS_LOCKED",
        `Session ${request.id} is locked by a concurrent client`,
      );
    }
    if (known === undefined && request.mustExist) {
      throw new ClickHouseError(372, "SESSION_NOT_FOUND", `Session ${request.id} not found`);
    }
    const session = known ?? { connection: this.engine.connect(), busy: true, expiry: undefined };
    session.busy = true;
    clearTimeout(session.expiry);
    this.sessions.set(request.id, session);
    if (known === undefined) await applyDefaults(session.connection);
    return session.connection;
  }

  giveBack(request: SessionRequest): void {
    const session = this.sessions.get(request.id);
    if (session === undefined) return;
    session.busy = false;
    if (request.closeAfterwards) this.drop(request.id);
    else session.expiry = setTimeout(() => this.drop(request.id), request.timeoutSeconds * 1000).unref();
  }

  close(): void {
    for (const id of [...this.sessions.keys()]) this.drop(id);
  }

  private drop(id: string): void {
    const session = this.sessions.get(id);
    clearTimeout(session?.expiry);
    session?.connection.close();
    this.sessions.delete(id);
  }
}

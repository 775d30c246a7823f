import type { IncomingHttpHeaders } from "node:http";
import { timingSafeEqual } from "node:crypto";
import { ClickHouseError } from "./errors";

export interface Credentials {
  readonly user: string;
  readonly password: string;
}

/** A user who is let in with a password. */
export interface Account extends Credentials {
  /** Every query of theirs runs as if `readonly` were 2: nothing is written, settings may be given. */
  readonly readOnly: boolean;
}

function basic(authorization: string): Credentials | undefined {
  const encoded = /^Basic\s+(\S+)$/i.exec(authorization)?.[1];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, "base64").toString();
  const colon = text.indexOf(":");
  return colon === -1
    ? { user: text, password: "" }
    : { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function one(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value;
}

function given(headers: IncomingHttpHeaders, url: URLSearchParams): Credentials | undefined {
  const user = one(headers["x-clickhouse-user"]);
  const key = one(headers["x-clickhouse-key"]);
  if (user !== undefined || key !== undefined) return { user: user ?? "default", password: key ?? "" };
  if (headers.authorization !== undefined) return basic(headers.authorization);
  return { user: url.get("user") ?? "default", password: url.get("password") ?? "" };
}

function same(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/**
 * Reads credentials where ClickHouse does: X-ClickHouse-User and -Key, basic authorization, the URL.
 * @param accounts without any everybody is let in, whatever they send: the address is the lock
 * @returns whose request it is, when there are accounts
 * @throws ClickHouseError 516 (HTTP 403) when they fit none
 */
export function checkCredentials(
  accounts: readonly Account[],
  headers: IncomingHttpHeaders,
  url: URLSearchParams,
): Account | undefined {
  if (accounts.length === 0) return undefined;
  const sent = given(headers, url);
  const account = accounts.find(
    ({ user, password }) => sent !== undefined && same(sent.user, user) && same(sent.password, password),
  );
  if (account !== undefined) return account;
  throw new ClickHouseError(
    516,
    "AUTHENTICATION_FAILED",
    `${sent?.user ?? "default"}: Authentication failed: password is incorrect, or there is no user with such name`,
  );
}

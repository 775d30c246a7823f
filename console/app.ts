import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { except } from "hono/combine";
import { streamSSE } from "hono/streaming";
import { secureHeaders } from "hono/secure-headers";
import { z } from "zod";
import { admit, onlyOperator, type Admission, type Admitted } from "./admission";
import type { Broadcast, Message } from "./broadcast";
import { eventTopics } from "../lake/events";
import type { Cell } from "./explain/explain";
import type { ExplainAnswer, FollowAnswer, QueryAnswer, ResendAnswer } from "./messages";
import type { PageFile } from "./page-files";
import type { Person } from "./people";
import type { Correction } from "./resend/resend";

const mostSqlBytes = 100_000;
/** Kafka's own limit of a record, with room for JSON's escapes. */
const mostRecordBytes = 2_000_000;
const keepAliveSeconds = 15;

export interface ConsoleParts extends Admission {
  readonly page: ReadonlyMap<string, PageFile>;
  readonly broadcast: Broadcast;
  readonly query: (sql: string, signal: AbortSignal) => Promise<QueryAnswer>;
  /** The whole result as a Parquet file. */
  readonly parquet: (sql: string, signal: AbortSignal) => Promise<Buffer | { readonly error: string }>;
  readonly follow: (record: string) => Promise<FollowAnswer>;
  readonly explain: (cell: Cell) => Promise<ExplainAnswer>;
  /** Sends a corrected record to Kafka, for the person who has logged in. */
  readonly resend: (correction: Correction, person: Person) => Promise<ResendAnswer>;
  /** Starts the smoke checks; false when they are running already. */
  readonly startChecks: () => boolean;
}

const followed = z.object({ record: z.string().max(1_000) });
const resendPath = "/api/resend";
const place = z.number().int().nonnegative();
const correction = z.object({
  topic: z.enum(eventTopics),
  partition: place,
  offset: place,
  value: z.string(),
});
const explained = z.object({
  table: z.string().max(100),
  column: z.string().max(100),
  key: z.array(z.string().max(200)).max(5),
});
const question = z.object({ sql: z.string().trim().min(1, "allowed: a statement") });

/** The console's HTTP interface: the page, its stream of messages, and the box for queries. */
export function consoleApp({
  page,
  broadcast,
  query,
  parquet,
  follow,
  explain,
  resend,
  startChecks,
  ...admission
}: ConsoleParts): Hono<Admitted> {
  const app = new Hono<Admitted>();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        connectSrc: ["'self'"],
        imgSrc: ["'self'", "data:"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'none'"],
      },
      xFrameOptions: "DENY",
      referrerPolicy: "no-referrer",
    }),
  );
  admit(app, admission);
  for (const [path, file] of page)
    app.get(path, (context) => {
      const isGzipped = (context.req.header("accept-encoding") ?? "").includes("gzip");
      return context.body(Uint8Array.from(isGzipped ? file.gzipped : file.body), 200, {
        "Content-Type": `${file.type}; charset=utf-8`,
        // Another version of the lake may be at the same address later.
        "Cache-Control": "no-cache",
        Vary: "Accept-Encoding",
        ...(isGzipped && { "Content-Encoding": "gzip" }),
      });
    });
  app.get("/events", (context) =>
    streamSSE(context, async (stream) => {
      const waiting: Message[] = [];
      let wake: () => void = () => undefined;
      const end = broadcast.listen((message) => {
        // A page that reads slowly gets only the newest message of each kind, so that no queue grows.
        const older = waiting.findIndex(({ kind }) => kind === message.kind);
        if (older >= 0) waiting.splice(older, 1);
        waiting.push(message);
        wake();
      });
      stream.onAbort(() => wake());
      try {
        while (!stream.aborted) {
          const message = waiting.shift();
          if (message) await stream.writeSSE({ event: message.kind, data: message.json });
          else if (!(await woken((resolve) => (wake = resolve)))) await stream.write(": still here\n\n");
        }
      } finally {
        end();
      }
    }),
  );
  app.use(resendPath, bodyLimit({ maxSize: mostRecordBytes }));
  app.use("/api/*", except(resendPath, bodyLimit({ maxSize: mostSqlBytes })), async (context, next) => {
    // A form on another site can't send this type: the browser would have to ask this server first.
    if (/^application\/json\b/.test(context.req.header("content-type") ?? "")) return next();
    return context.json({ error: "Content-Type: allowed: application/json" }, 415);
  });
  app.post("/api/query", async (context) => {
    const asked = question.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: 'allowed: {"sql": "SELECT …"}' }, 400);
    const answer = await query(asked.data.sql, context.req.raw.signal);
    return context.json(answer, "error" in answer ? 400 : 200);
  });
  app.post("/api/parquet", async (context) => {
    const asked = question.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: 'allowed: {"sql": "SELECT …"}' }, 400);
    const answer = await parquet(asked.data.sql, context.req.raw.signal);
    if ("error" in answer) return context.json(answer, 400);
    return context.body(Uint8Array.from(answer), 200, { "Content-Type": "application/vnd.apache.parquet" });
  });
  app.post("/api/follow", async (context) => {
    const asked = followed.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: 'allowed: {"record": "…"}' }, 400);
    const answer = await follow(asked.data.record);
    return context.json(answer, "error" in answer ? 400 : 200);
  });
  app.post("/api/explain", async (context) => {
    const asked = explained.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success) return context.json({ error: 'allowed: {"table", "column", "key": ["…"]}' }, 400);
    const answer = await explain(asked.data);
    return context.json(answer, "error" in answer ? 400 : 200);
  });
  app.post(resendPath, onlyOperator("send records again"), async (context) => {
    const asked = correction.safeParse(await context.req.json().catch(() => undefined));
    if (!asked.success)
      return context.json({ error: 'allowed: {"topic", "partition", "offset", "value": "…"}' }, 400);
    const answer = await resend(asked.data, context.get("person"));
    return context.json(answer, "error" in answer ? 400 : 200);
  });
  app.post("/api/checks", onlyOperator("start the checks"), (context) =>
    context.json({ isNew: startChecks() }, 202),
  );
  return app;
}

/** @returns false if nothing wakes it within `keepAliveSeconds` */
function woken(call: (resolve: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), keepAliveSeconds * 1000);
    call(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

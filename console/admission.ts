import type { Context, Hono, MiddlewareHandler } from "hono";
import { basicAuth } from "hono/basic-auth";
import { timingSafeEqual } from "hono/utils/buffer";
import { healthPath } from "./health-path";
import { isPerson, type Person } from "./people";

export interface Admission {
  /** Names in the header Host that are answered, at any port: another site may point its own name at this address. */
  readonly hosts: ReadonlySet<string>;
  /** Who may log in, with the password; undefined: everybody is an operator. */
  readonly passwords: ReadonlyMap<Person, string> | undefined;
}

/** What is known of a request after it was admitted. */
export interface Admitted {
  readonly Variables: { readonly person: Person };
}

/** Adds the path of the health probe; then refuses what is for another host or has no log-in. */
export function admit(app: Hono<Admitted>, { hosts, passwords }: Admission): void {
  app.get(healthPath, (context) => context.text("the page is served\n"));
  app.use(async (context, next) => {
    const host = context.req.header("host") ?? "";
    if (hosts.has(host.replace(/:\d+$/, ""))) return next();
    return context.text(`Host: got '${host}', allowed: ${[...hosts].join(", ")}\n`, 421);
  });
  app.use(passwords === undefined ? asOperator : logIn(passwords));
}

const asOperator: MiddlewareHandler<Admitted> = async (context, next) => {
  context.set("person", "operator");
  await next();
};

function logIn(passwords: ReadonlyMap<Person, string>): MiddlewareHandler<Admitted> {
  return basicAuth({
    realm: "the lake's console",
    invalidUserMessage: `log in as ${[...passwords.keys()].join(" or ")}\n`,
    verifyUser: async (username, password, context: Context<Admitted>) => {
      if (!isPerson(username)) return false;
      const expected = passwords.get(username);
      if (expected === undefined || !(await timingSafeEqual(expected, password))) return false;
      context.set("person", username);
      return true;
    },
  });
}

/** @param deed as in "The user reader may not start the checks" */
export function onlyOperator(deed: string): MiddlewareHandler<Admitted> {
  return async (context, next) => {
    const person = context.get("person");
    if (person === "operator") return next();
    return context.json({ error: `The user ${person} may not ${deed}. Log in as operator.` }, 403);
  };
}

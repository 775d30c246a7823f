import { Hono } from "hono";
import { admit, onlyOperator, type Admitted } from "../../../console/admission";
import type { Person } from "../../../console/people";

function appWith(passwords: ReadonlyMap<Person, string> | undefined) {
  const app = new Hono<Admitted>();
  admit(app, { hosts: new Set(["lake.example.com"]), passwords });
  app.get("/who", (context) => context.text(context.get("person")));
  app.post("/deed", onlyOperator("do it"), (context) => context.text("done"));
  return app;
}

const locked = appWith(
  new Map([
    ["reader", "r-secret"],
    ["operator", "o-secret"],
  ]),
);

const host = "lake.example.com";

function call(app: ReturnType<typeof appWith>, path: string, logIn?: string, method = "GET") {
  const authorization = logIn === undefined ? {} : { authorization: `Basic ${btoa(logIn)}` };
  return app.request(path, { method, headers: { host, ...authorization } });
}

test.each([
  undefined,
  "reader:",
  "reader:o-secret",
  "operator:r-secret",
  "stranger:r-secret",
  "__proto__:undefined",
  "reader",
])("log-in %j is refused, and the browser is asked for another", async (logIn) => {
  const answer = await call(locked, "/who", logIn);
  expect(answer.status).toBe(401);
  expect(answer.headers.get("www-authenticate")).toBe('Basic realm="the lake\'s console"');
  expect(await answer.text()).not.toMatch(/secret/);
});

test.each(["reader", "operator"])("%s is known by the password", async (person) => {
  const answer = await call(locked, "/who", `${person}:${person[0]}-secret`);
  expect([answer.status, await answer.text()]).toEqual([200, person]);
});

test("a reader does nothing that an operator may", async () => {
  const refused = await call(locked, "/deed", "reader:r-secret", "POST");
  expect([refused.status, await refused.json()]).toEqual([
    403,
    { error: "The user reader may not do it. Log in as operator." },
  ]);
  expect(await (await call(locked, "/deed", "operator:o-secret", "POST")).text()).toBe("done");
});

test("without passwords everybody is an operator, as on one's own machine", async () => {
  const open = appWith(undefined);
  expect(await (await call(open, "/who")).text()).toBe("operator");
  expect((await call(open, "/deed", undefined, "POST")).status).toBe(200);
});

test("a probe has neither log-in nor the page's name, and learns nothing else", async () => {
  const answer = await locked.request("/health", { headers: { host: "10.1.2.3:8080" } });
  expect([answer.status, await answer.text()]).toEqual([200, "the page is served\n"]);
  for (const path of ["/who", "/health/", "/health/../who"])
    expect((await locked.request(path, { headers: { host: "10.1.2.3:8080" } })).status).toBe(421);
});

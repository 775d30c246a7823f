import { topics } from "../../lake/topics";
import { kafkaCluster } from "../../stacks/names";
import { AkhqPage, type AkhqUser } from "./akhq/page";
import { Kubectl } from "./kubectl";
import { Platform } from "./platform";
import { clusterSettings } from "./settings";

jest.setTimeout(600_000);

const settings = clusterSettings();
let page: AkhqPage;

beforeAll(async () => {
  const { profile } = await Platform.of(settings);
  page = await AkhqPage.open(settings, new Kubectl(settings), profile.namespace);
});

afterAll(() => page.close());

const cluster = `/api/${kafkaCluster}`;
const [{ name: topic } = { name: "" }] = topics;

test.each<AkhqUser>(["reader", "operator"])(
  "%s sees the contract's topics and their records",
  async (user) => {
    const session = await page.logIn(user);
    const listed = await session.get(`${cluster}/topic?show=HIDE_INTERNAL`);
    expect(listed.status).toBe(200);
    for (const { name } of topics) expect(listed.text).toContain(`"name":"${name}"`);
    const records = await session.get(`${cluster}/topic/${topic}/data?sort=OLDEST`);
    expect(records.status).toBe(200);
    expect(records.text).toContain("event_id");
    // The page of records requests them.
    expect((await session.get(`${cluster}/topic/${topic}/configs`)).status).toBe(200);
  },
);

test("the operator sees the brokers, the reader does not", async () => {
  expect((await (await page.logIn("operator")).get(`${cluster}/node`)).status).toBe(200);
  expect((await (await page.logIn("reader")).get(`${cluster}/node`)).status).toBe(403);
});

test.each<AkhqUser>(["reader", "operator"])("%s can change nothing", async (user) => {
  const session = await page.logIn(user);
  expect((await session.ask("DELETE", `${cluster}/topic/${topic}`)).status).toBe(403);
  expect((await session.ask("DELETE", `${cluster}/topic/${topic}/data/empty`)).status).toBe(403);
});

test("who has no log-in sees no topic", async () => {
  expect((await page.anonymous().get(`${cluster}/topic`)).status).toBe(401);
  await expect(page.logIn("reader", "wrong")).rejects.toThrow("the log-in of reader was refused");
});

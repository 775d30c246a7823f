import AxeBuilder from "@axe-core/playwright";
import { chromium, type Browser, type Page } from "playwright-core";
import { onPath } from "../../toolchain/java";

const names = ["chromium", "chromium-browser", "google-chrome"];
const views = ["flow", "business", "fraud", "quarantine", "follow", "tables", "checks", "query"] as const;
const widths = [360, 1280, 3840] as const;

/** A browser on this machine; without one, the test says that the page was not seen. */
export async function findBrowser(): Promise<Browser | undefined> {
  const executablePath = names.map((name) => onPath(name, process.env)).find((path) => path !== undefined);
  if (executablePath !== undefined)
    return chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  console.warn(
    `console's page: SKIPPED, none of ${names.join(", ")} is on the PATH (apt-get install chromium)`,
  );
  return undefined;
}

interface SeenPage {
  /** By view: the text of its main part. */
  readonly texts: Readonly<Record<(typeof views)[number], string>>;
  /** Violations of accessibility rules, errors in the page's console, and requests to other hosts: one line each. */
  readonly problems: readonly string[];
  /** Widths at which a view is wider than the window. */
  readonly tooWide: readonly string[];
}

async function violations(page: Page, where: string): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.map(
    ({ id, nodes }) =>
      `${where}: ${id}: ${nodes
        .map(({ html }) => html)
        .join(" ")
        .slice(0, 300)}`,
  );
}

/**
 * Opens every view in both colour schemes, and at three widths.
 * @param picture path for a picture of the first view
 */
async function seePage(browser: Browser, url: string, picture?: string): Promise<SeenPage> {
  const problems: string[] = [];
  const tooWide: string[] = [];
  const texts: Partial<Record<(typeof views)[number], string>> = {};
  for (const colorScheme of ["light", "dark"] as const) {
    const context = await browser.newContext({ colorScheme });
    const page = await context.newPage();
    page.on(
      "console",
      (message) => message.type() === "error" && problems.push(`console: ${message.text()}`),
    );
    page.on("pageerror", (error) => problems.push(`error: ${error.message}`));
    page.on("request", (request) => {
      if (!request.url().startsWith(`${url}/`)) problems.push(`request: ${request.url()}`);
    });
    for (const view of views) {
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(`${url}/#/${view}`);
      await page.waitForTimeout(1_000);
      texts[view] = await page.locator("main").innerText();
      problems.push(...(await violations(page, `${view}, ${colorScheme}`)));
      if (view === "flow" && colorScheme === "light" && picture !== undefined)
        await page.screenshot({ path: picture });
      // A colour scheme changes no width.
      for (const width of colorScheme === "light" ? widths : []) {
        await page.setViewportSize({ width, height: 900 });
        const isTooWide = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
        if (isTooWide === true) tooWide.push(`${view} at ${width} px`);
      }
    }
    await context.close();
  }
  return { texts: texts as SeenPage["texts"], problems, tooWide };
}

/** Each view shows data of the running lake and has no problem; `CONSOLE_PICTURE` names a file for a picture of the first. */
export async function expectPage(url: string): Promise<void> {
  const browser = await findBrowser();
  if (!browser) return;
  try {
    const { texts, problems, tooWide } = await seePage(browser, url, process.env.CONSOLE_PICTURE);
    expect(problems).toEqual([]);
    expect(tooWide).toEqual([]);
    for (const hop of ["kafka", "bronze", "silver", "gold", "clickhouse"])
      expect(texts.flow.toLowerCase()).toContain(hop);
    expect(texts.business).toMatch(/Songs played/i);
    expect(texts.fraud).toMatch(/alert/i);
    expect(texts.quarantine).toMatch(/listen_events/);
    expect(texts.tables).toMatch(/fct_daily_song_plays/);
    expect(texts.checks).toMatch(/Run the checks[^]*every record exactly once/);
    expect(texts.query).toMatch(/Run/);
  } finally {
    await browser.close();
  }
}

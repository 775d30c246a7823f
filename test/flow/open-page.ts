import type { Browser, Page } from "playwright-core";
import { findBrowser } from "./console-page";

/** The console's page in a browser, as somebody leaves it open. */
export class OpenPage {
  /** What the page's own program could not handle. */
  readonly errors: string[] = [];

  private constructor(
    private readonly browser: Browser,
    private readonly page: Page,
  ) {
    page.on("pageerror", ({ message }) => this.errors.push(message));
  }

  /** @returns undefined where there is no browser */
  static async open(url: string): Promise<OpenPage | undefined> {
    const browser = await findBrowser();
    if (!browser) return undefined;
    const page = await browser.newPage();
    const opened = new OpenPage(browser, page);
    await page.goto(`${url}/#/flow`);
    return opened;
  }

  /** Resolves when the page says that it has this connection to the console's server. */
  async saysThatItIs(connection: "live" | "reconnecting"): Promise<void> {
    const status = this.page.locator(`[data-connection="${connection}"]`);
    await status.waitFor({ timeout: 300_000 });
  }

  /** Records that have reached ClickHouse, as the page shows them. */
  async recordsServed(): Promise<number> {
    const heading = this.page.getByRole("heading", { name: "ClickHouse", exact: true });
    const shown = this.page.locator(".hop", { has: heading }).locator(".hop-records .figure");
    return Number((await shown.innerText()).replaceAll(/\D/g, "") || 0);
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

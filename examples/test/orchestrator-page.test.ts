import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { availableChromium } from "@potassium/tooling/engines";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type RunningOrchestrator, runOrchestrator } from "./run-orchestrator.js";
import { waitUntil } from "./wait-until.js";

const executablePath = availableChromium();

describe.skipIf(executablePath === undefined || process.platform === "win32")("the page", () => {
  let folder = "";
  let orchestrator: RunningOrchestrator;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "potassium-orchestrator-test-"));
    orchestrator = await runOrchestrator({ ORCHESTRATOR_STATE: folder });
    // Chromium has no sandbox for root, and a container little shared memory.
    const args = ["--no-sandbox", "--disable-dev-shm-usage"];
    browser = await chromium.launch({ executablePath: executablePath ?? "", args });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    await orchestrator?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.setDefaultTimeout(20_000);
    problems.length = 0;
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    await page.goto(orchestrator.url);
    await card("lobby-1").waitFor();
  });

  afterEach(async () => {
    await page.close();
    expect(problems).toEqual([]);
  });

  const card = (id: string) =>
    page
      .getByRole("listitem")
      .filter({ has: page.getByRole("heading", { name: id, exact: true }) });
  const row = (player: string) => page.getByRole("row", { name: player });
  const press = (name: string) => page.getByRole("button", { name, exact: true }).click();
  const shows = (place: ReturnType<typeof row>, text: string) =>
    waitUntil(`${text} is shown`, async () => ((await place.textContent()) ?? "").includes(text));

  test("the page shows the servers, what they do, and the player of this machine, who hears from the lobby", async () => {
    for (const id of ["lobby-1", "skywars-1", "skywars-2"]) await shows(card(id), "running");
    await shows(card("skywars-1"), "0 of 4 seats · match-1 ready");
    await shows(page.getByRole("status").first(), "live");
    await shows(row("127.0.0.1"), "lobby-1, ");
  });

  test('a click on "Claim a seat" changes the route that is shown, and the game answers the player', async () => {
    await press("Claim a seat for 127.0.0.1");
    await shows(page.locator("#message"), "127.0.0.1 has a seat on skywars-");
    const game = /skywars-\d/.exec((await page.locator("#message").textContent()) ?? "")?.[0] ?? "";
    await shows(card(game), "1 of 4 seats ·");
    await shows(row("127.0.0.1").getByRole("cell").first(), game);
    await shows(row("127.0.0.1"), `${game}, `); // the packets, and not the table alone
    await press("Bring 127.0.0.1 to the lobby");
    await shows(row("127.0.0.1"), "lobby-1, ");
  });

  test("a player joins by the form, by the keyboard alone, and one with a wrong address is told what is wrong", async () => {
    const field = page.getByLabel("Address of a player");
    await field.fill("nobody");
    await field.press("Enter");
    await shows(page.locator("#message"), "an IP address");
    // The one failed request that Chromium tells of, of itself.
    expect(problems.splice(0)).toEqual([expect.stringContaining("400 (Bad Request)")]);
    await field.fill("192.0.2.20");
    await field.press("Enter");
    await row("192.0.2.20").waitFor();
    await press("192.0.2.20 leaves");
    await row("192.0.2.20").waitFor({ state: "detached" });
  });

  test('a click on "Kill" kills a server for real, and the page shows the one that takes its place', async () => {
    const addressOf = (id: string) => card(id).locator("code").textContent();
    const before = await addressOf("skywars-2");
    await press("Kill skywars-2");
    await waitUntil("another is there", async () => {
      if ((await card("skywars-2").count()) === 0) return false;
      return (await addressOf("skywars-2")) !== before;
    });
    await shows(card("skywars-2"), "running");
    await shows(page.locator("#log"), "skywars-2 ended with the code 137");
  });

  test('a click on "Drain" takes a server out once another has taken its place', async () => {
    await press("Drain skywars-1");
    await card("skywars-3").waitFor();
    await card("skywars-1").waitFor({ state: "detached" });
    await shows(page.locator("#message"), "skywars-1 is drained and removed");
  });

  test("the focus stays on a button while the page is drawn anew", async () => {
    const button = page.getByRole("button", { name: "Claim a seat for 127.0.0.1" });
    await button.focus();
    const heard = await row("127.0.0.1").textContent();
    await waitUntil(
      "it is drawn anew",
      async () => (await row("127.0.0.1").textContent()) !== heard,
    );
    expect(await page.locator(":focus").getAttribute("aria-label")).toBe(
      "Claim a seat for 127.0.0.1",
    );
  });

  test("text on the page stands out from its ground, light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await contrasts(page)).toEqual([]);
    }
  });

  test.skipIf(!process.env["POTASSIUM_SCREENSHOT"])(
    "pictures of the page are written for the README",
    async () => {
      for (const last of [10, 11, 12, 13, 14])
        await orchestrator.act("POST", `players/192.0.2.${last}/seat`);
      await orchestrator.act("POST", "players/192.0.2.15/lobby");
      const full = page.getByRole("listitem").filter({ hasText: "4 of 4 seats" });
      const game = (await full.getByRole("heading").textContent()) ?? "";
      const drained = orchestrator.act("POST", `servers/${game}/drain`);
      await shows(full, "draining");
      await page.getByRole("heading", { name: "skywars-" }).nth(2).waitFor();
      await row("192.0.2.15").waitFor();
      const docs = fileURLToPath(new URL("../../docs", import.meta.url));
      await mkdir(docs, { recursive: true });
      for (const [colorScheme, name] of [
        ["light", "orchestrator.png"],
        ["dark", "orchestrator-dark.png"],
      ] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(docs, name), fullPage: true });
      }
      await drained;
    },
  );
});

/** The texts whose colour has a contrast below 4.5 to their ground, as WCAG 2 counts it. */
async function contrasts(page: Page): Promise<readonly string[]> {
  return page.evaluate(`(() => {
    const luminance = (colour) => {
      const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((text) => {
        const part = Number(text) / 255;
        return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const groundOf = (element) => {
      const { backgroundColor } = getComputedStyle(element);
      const isClear = /, 0\\)$|transparent/.test(backgroundColor);
      return isClear && element.parentElement ? groundOf(element.parentElement) : backgroundColor;
    };
    return [...document.querySelectorAll("body *")]
      .filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .flatMap((element) => {
        const [a, b] = [getComputedStyle(element).color, groundOf(element)].map(luminance);
        const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        return contrast < 4.5 ? [element.textContent + ": " + contrast.toFixed(2)] : [];
      });
  })()`);
}

import { mkdtemp, rm } from "node:fs/promises";
import { type IncomingMessage, type RequestOptions, request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type RunningOrchestrator, runOrchestrator } from "./run-orchestrator.js";

describe.skipIf(process.platform === "win32")("the page's server", () => {
  let folder = "";
  let orchestrator: RunningOrchestrator;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "potassium-orchestrator-test-"));
    orchestrator = await runOrchestrator({ ORCHESTRATOR_STATE: folder });
  });

  afterAll(async () => {
    await orchestrator?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });

  async function ask(path: string, options: RequestOptions = {}) {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      request(new URL(path, orchestrator.url), options, resolve).once("error", reject).end();
    });
    return { status: answer.statusCode, text: await text(answer), headers: answer.headers };
  }

  const posted = { method: "POST" };

  test("a request that another web site makes is refused, and changes nothing", async () => {
    const foreign = [
      { ...posted, headers: { Origin: "https://evil.example" } },
      { ...posted, headers: { Origin: "null" } },
      { ...posted, headers: { Host: "evil.example" } },
      { headers: { Host: "evil.example" } },
    ];
    for (const options of foreign)
      expect(await ask("/players/192.0.2.1/lobby", options)).toMatchObject({ status: 403 });
    const { routes } = await orchestrator.state();
    expect(routes.map(({ player }) => player)).not.toContain("192.0.2.1");
    const own = { ...posted, headers: { Origin: new URL(orchestrator.url).origin } };
    expect(await ask("/players/192.0.2.1/lobby", own)).toMatchObject({ status: 200 });
  });

  test("what is not there, what is wrong and what can't be had are told apart", async () => {
    expect(await ask("/../package.json")).toMatchObject({ status: 404 });
    expect(await ask("/constructor")).toMatchObject({ status: 404 });
    expect(await ask("/players/192.0.2.1/lobby")).toMatchObject({ status: 404 });
    const wrong = await ask("/players/192.0.2.999/lobby", posted);
    expect(wrong).toMatchObject({ status: 400, text: expect.stringContaining("an IP address") });
    const gone = await ask("/servers/skywars-99/kill", posted);
    expect(gone).toMatchObject({
      status: 409,
      text: expect.stringContaining("no server skywars-99"),
    });
    expect(await ask("/servers/%E0%A4%A/kill", posted)).toMatchObject({ status: 400 });
  });

  test("the page may load and ask nothing but what is its own", async () => {
    const { headers } = await ask("/");
    expect(headers["content-security-policy"]).toContain("default-src 'self'");
    expect(headers["access-control-allow-origin"]).toBeUndefined();
  });
});

import { readFile } from "node:fs/promises";
import { startRelay } from "@potassium/relay/server";
import { askEngine, canStartRedis, privateRedis } from "@potassium/tooling/engines";
import { expect, test } from "vitest";
import { runScript } from "./support/run-script.js";
import { skywars } from "./support/scratch-registry.js";
import { describeEngines, image } from "./support/scratch-servers.js";
import { temporaryFolder } from "./support/temporary-folder.js";

const hasBash = process.platform !== "win32";
const folder = await temporaryFolder();
const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

function blockThatRuns(where: string): string {
  const [, block] = readme.split(`<!-- run ${where} -->\n\`\`\`sh\n`);
  if (block === undefined) throw new Error(`the README has no block that runs ${where}`);
  return block.slice(0, block.indexOf("```"));
}

describeEngines(({ host }) => {
  test("the README's servers are started, watched and removed", async () => {
    const tag = `/images/${encodeURIComponent(image)}/tag?repo=localhost/skywars&tag=latest`;
    expect((await askEngine(host, "POST", tag)).status).toBe(201);
    const { code, stdout, stderr } = await runScript(folder, blockThatRuns("on an engine"), {
      DOCKER_HOST: host,
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^skywars-1: running 25521->5520\/udp\n/);
    expect(stdout).toMatch(/^ready\n0\nskywars-1: removed\n$/m);
  });
});

test.runIf(hasBash)("the README's routes are set, listed, compared and deleted", async () => {
  await using relay = await startRelay();
  const { code, stdout, stderr } = await runScript(folder, blockThatRuns("with a relay"), {
    POTASSIUM_RELAY: relay.url,
  });
  expect(code, stderr).toBe(0);
  expect(stdout).toBe(
    [
      "192.168.1.50 -> 10.99.0.10:5520",
      "0 changes to make, 1 right already",
      "192.168.1.50: no route",
      "",
    ].join("\n"),
  );
});

test.runIf(hasBash && canStartRedis())(
  "the README's servers of a registry are listed",
  async () => {
    const { RedisRegistry } = await import("@potassium/registry/redis");
    await using redis = await privateRedis();
    await using registry = new RedisRegistry({ url: redis.url });
    await registry.register(skywars);
    const { code, stdout, stderr } = await runScript(folder, blockThatRuns("with Redis"), {
      POTASSIUM_REDIS: redis.url,
    });
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^ID .*\nskywars-1 .*\n\[\]\n$/);
  },
);

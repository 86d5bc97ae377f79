import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startRelay } from "@potassium/relay/server";
import { expect, test } from "vitest";

test("the README's taste starts a server, registers it and routes a player to its match", async () => {
  await using relay = await startRelay({
    udp: { host: "127.0.0.1", port: 0 },
    api: { host: "127.0.0.1", port: 0 },
  });
  const program = fileURLToPath(new URL("../dist/taste.js", import.meta.url));
  const cwd = fileURLToPath(new URL("../taste", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program], {
    cwd,
    env: { ...process.env, PEEL_URL: relay.url },
  });
  expect(stdout).toMatch(/'192\.168\.1\.50': '127\.0\.0\.1:255\d\d'/);
});

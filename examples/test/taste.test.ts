import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** Runs a program where `skywars.js` is, as the README's reader does. */
async function run(name: string): Promise<string> {
  const program = fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url));
  const cwd = fileURLToPath(new URL("../taste", import.meta.url));
  return (await promisify(execFile)(process.execPath, [program], { cwd, timeout: 30_000 })).stdout;
}

test("the README's taste starts a server, registers it and routes a player to its match", async () => {
  expect(await run("taste")).toMatch(/'192\.168\.1\.50': '127\.0\.0\.1:255\d\d'/);
});

test("the README's plain JavaScript starts a server and stops it", async () => {
  expect(await run("taste-plain")).toMatch(/^\S+ is running\n$/);
});

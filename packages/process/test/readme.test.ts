import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "./temporary-folder.js";

test("the README's example starts a server, talks to it and stops it", async () => {
  await using folder = await temporaryFolder();
  const server = "console.log('ready on ' + process.env.SERVER_PORT); process.stdin.resume();";
  writeFileSync(join(folder.path, "skywars.js"), server);
  const before = process.cwd();
  process.chdir(folder.path);
  try {
    const { outcome } = await import("./readme-example.js");
    const port = outcome.server.ports[0]?.host;
    expect(outcome.server.status.state).toBe("running");
    expect(outcome.lines.map(({ text }) => text)).toEqual([`ready on ${port}`]);
  } finally {
    process.chdir(before);
  }
});

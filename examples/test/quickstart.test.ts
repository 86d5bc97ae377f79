import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../dist/quickstart.js", import.meta.url));

async function start(): Promise<{ code: number; output: string }> {
  const child = spawn(process.execPath, [program], { stdio: ["ignore", "pipe", "inherit"] });
  const [output, [code]] = await Promise.all([text(child.stdout), once(child, "close")]);
  return { code: code as number, output };
}

test("the quickstart verifies every step, also twice in a row and with a copy beside it", async () => {
  const runs = [await start(), ...(await Promise.all([start(), start()]))];
  for (const { code, output } of runs) {
    expect(code, output).toBe(0);
    expect(output).toContain("Done: every step was verified.");
  }
});

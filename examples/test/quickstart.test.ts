import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const program = fileURLToPath(new URL("../dist/quickstart.js", import.meta.url));

interface Run {
  readonly code: number;
  readonly output: string;
  /** Folders of its own that it has left. */
  readonly left: readonly string[];
}

/** @param interruptAt once its output holds this, it gets SIGINT. */
async function start(interruptAt?: string): Promise<Run> {
  const temporary = await mkdtemp(join(tmpdir(), "potassium-quickstart-test-"));
  onTestFinished(() => rm(temporary, { recursive: true, force: true }));
  const env = { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary };
  const child = spawn(process.execPath, [program], { env, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  let isInterrupted = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
      if (isInterrupted || interruptAt === undefined || !output.includes(interruptAt)) return;
      isInterrupted = true;
      child.kill("SIGINT");
    });
  }
  const [code] = await once(child, "close");
  const left = (await readdir(temporary)).filter((name) => name.includes("quickstart"));
  return { code, output, left };
}

test("the quickstart verifies every step, also twice in a row and with a copy beside it", async () => {
  const runs = [await start(), ...(await Promise.all([start(), start()]))];
  for (const { code, output, left } of runs) {
    expect(code, output).toBe(0);
    expect(output).toContain("the updater was killed with SIGKILL");
    expect(output).toContain("every file is as in 1.1");
    expect(output).toContain("Done: every step was verified.");
    expect(left).toEqual([]);
  }
}, 180_000);

// Windows ends a process at once that is sent SIGINT.
test.skipIf(process.platform === "win32")(
  "the quickstart removes its builds and installation when it is interrupted, and tells of it",
  async () => {
    const { code, output, left } = await start("the updater was killed with SIGKILL");
    expect(code, output).toBe(1);
    expect(output).toContain("✗ interrupted");
    expect(left).toEqual([]);
  },
  120_000,
);

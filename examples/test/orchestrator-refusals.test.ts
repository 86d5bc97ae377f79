import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";

const program = fileURLToPath(new URL("../dist/orchestrator.js", import.meta.url));

/** What it prints where it ends before any server. */
async function refusal(env: NodeJS.ProcessEnv): Promise<string> {
  const all = { ...process.env, ORCHESTRATOR_PROVIDER: "process", ORCHESTRATOR_PORT: "0", ...env };
  const ended = promisify(execFile)(process.execPath, [program], { env: all });
  const error = await ended.then(
    () => undefined,
    (error: { readonly code: number; readonly stdout: string; readonly stderr: string }) => error,
  );
  expect(error).toMatchObject({ code: 1, stdout: "" });
  return error?.stderr ?? "";
}

test("a wrong setting is told, and nothing of servers, for there are none", async () => {
  expect(await refusal({ ORCHESTRATOR_PORT: "eighty" })).toMatch(
    /^✗ ORCHESTRATOR_PORT must be .*\n$/,
  );
});

test("a state folder that another process has is told, and nothing of servers", async () => {
  const folder = await mkdtemp(join(tmpdir(), "potassium-orchestrator-test-"));
  try {
    await using other = new ProcessProvider({
      images: { game: { command: [process.execPath, "unused"] } },
      lifetime: "detached",
      stateFolder: join(folder, "servers"),
    });
    await other.list();
    expect(await refusal({ ORCHESTRATOR_STATE: folder })).toMatch(/^✗ .*\n$/);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

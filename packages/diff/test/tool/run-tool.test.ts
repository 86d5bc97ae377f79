import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { runTool } from "../../src/tool/run-tool.js";
import { rejection } from "./rejection.js";
import { runsOf, type StandInPlan, writeStandIn } from "./stand-in.js";
import { testFolder } from "./test-folder.js";

interface Program {
  readonly folder: string;
  readonly path: string;
  readonly runs: () => ReturnType<typeof runsOf>;
  /** Waits until it is at its end, or hangs. @returns its process id */
  readonly started: () => Promise<number>;
}

async function program(plan: Partial<StandInPlan> = {}): Promise<Program> {
  const folder = await testFolder();
  const runsPath = join(folder, "runs");
  const startedPath = join(folder, "started");
  const all = { name: "hdiffz", runsPath, startedPath, ...plan } as const;
  const path = await writeStandIn(join(folder, "program"), all);
  const started = async () => {
    const text = await vi.waitFor(
      async () => {
        const id = await readFile(startedPath, "utf8");
        expect(id).not.toBe("");
        return id;
      },
      { timeout: 30_000, interval: 10 },
    );
    return Number(text);
  };
  return { folder, path, runs: () => runsOf(runsPath), started };
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

test("arguments arrive as they are, none of them read by a shell", async () => {
  const { path, runs } = await program();
  const args = ["$HOME", "a b", "`id`", "*", "", '"', "\n", "-f", "游戏"];
  await runTool(path, args);
  expect((await runs())[0]?.args).toEqual(args);
});

test("none of our environment is handed on", async () => {
  const { path, runs } = await program();
  await runTool(path, []);
  const { env = {} } = (await runs())[0] ?? {};
  // What systems add by themselves.
  const names = Object.keys(env).filter((name) => !/^(?:__CF|SystemRoot)/.test(name));
  expect(names).toEqual([]);
});

test("exit code and outputs are told", async () => {
  const { path } = await program({ exitCode: 11, stdout: "out\n", stderr: "a\x1b[31mb\n" });
  expect(await runTool(path, [])).toEqual({
    exitCode: 11,
    exitSignal: undefined,
    stdout: "out\n",
    stderr: "a [31mb\n",
  });
});

test("of megabytes of output the end is kept", async () => {
  const { path } = await program({ floodMegabytes: 8, stdout: "out", stderr: "err" });
  const { exitCode, stdout, stderr } = await runTool(path, []);
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^….*flood.*out$/s);
  expect(stderr).toMatch(/^….*flood.*err$/s);
  expect(stderr.length).toBe(1 + 16 * 1024);
});

test.each([false, true])(
  "on an abort the program is gone before the call rejects with the reason (SIGTERM ignored: %s)",
  async (ignoresSigterm) => {
    const { path, started } = await program({ hangs: true, ignoresSigterm });
    const controller = new AbortController();
    const running = rejection(runTool(path, [], { signal: controller.signal }));
    const pid = await started();
    expect(isAlive(pid)).toBe(true);
    const reason = new Error("the caller has gone");
    controller.abort(reason);
    expect(await running).toBe(reason);
    expect(isAlive(pid)).toBe(false);
  },
);

test("a program that is aborted as soon as it starts is gone too", async () => {
  const { path } = await program({ hangs: true });
  const controller = new AbortController();
  const running = rejection(runTool(path, [], { signal: controller.signal }));
  controller.abort("gone");
  expect(await running).toBe("gone");
});

test("an aborted signal starts nothing", async () => {
  const { path, runs } = await program();
  expect(await rejection(runTool(path, [], { signal: AbortSignal.abort("gone") }))).toBe("gone");
  expect(await runs()).toEqual([]);
});

test("a program that is not done in time is TIMEOUT and gone", async () => {
  const { path, runs } = await program({ hangs: true, ignoresSigterm: true });
  const error = await rejection(runTool(path, [], { timeoutMs: 1_000 }));
  expect(error.code).toBe("TIMEOUT");
  expect(error.message).toContain(path);
  for (const { pid } of await runs()) expect(isAlive(pid)).toBe(false);
});

test("a program that another one ends tells the signal", async () => {
  const { path, started } = await program({ hangs: true });
  const running = runTool(path, []);
  process.kill(await started(), "SIGKILL");
  expect(await running).toMatchObject({ exitCode: undefined, exitSignal: "SIGKILL" });
});

test("a program that isn't there is ENGINE_UNAVAILABLE", async () => {
  const path = join(await testFolder(), "gone");
  const error = await rejection(runTool(path, []));
  expect(error.code).toBe("ENGINE_UNAVAILABLE");
  expect(error.message).toContain(path);
});

test.each([0, -1, Number.NaN, "10"])("a timeoutMs of %j is INVALID_ARGUMENT", async (timeoutMs) => {
  const { path, runs } = await program();
  const error = await rejection(runTool(path, [], { timeoutMs: timeoutMs as number }));
  expect(error).toMatchObject({ code: "INVALID_ARGUMENT", field: "timeoutMs" });
  expect(await runs()).toEqual([]);
});

test("a listener on the signal does not outlive the run", async () => {
  const { path } = await program();
  const { signal } = new AbortController();
  const remove = vi.spyOn(signal, "removeEventListener");
  const add = vi.spyOn(signal, "addEventListener");
  await runTool(path, [], { signal });
  expect(remove.mock.calls.length).toBe(add.mock.calls.length);
});

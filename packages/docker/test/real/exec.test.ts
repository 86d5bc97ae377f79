import { expect, test } from "vitest";
import type { DockerProvider } from "../../src/index.js";
import { describeEngines } from "../engines.js";
import { scratch } from "./scratch.js";
import { until } from "./until.js";

/** How many processes inside the server have this text in their command line. */
async function processesWith(provider: DockerProvider, id: string, text: string): Promise<number> {
  const scan = `const fs = require("node:fs");
    console.log(fs.readdirSync("/proc").filter((name) => {
      if (!/^[0-9]+$/.test(name) || Number(name) === process.pid) return false;
      try { return fs.readFileSync("/proc/" + name + "/cmdline", "utf8").includes("${text}"); }
      catch { return false; }
    }).length);`;
  const { stdout } = await provider.exec(id, ["node", "-e", scan]);
  return Number(stdout);
}

describeEngines((engine) => {
  const { image } = engine;
  const forever = (mark: string) => ["node", "-e", `setInterval(() => {}, 1000) // ${mark}`];

  test("a command that was cancelled is killed inside, where an engine lets it run on", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const reason = new Error("enough");
    const controller = new AbortController();
    const call = provider.exec(id, forever("cancel-mark"), { signal: controller.signal });
    call.catch(() => {});
    await until(
      "the command",
      async () => (await processesWith(provider, id, "cancel-mark")) === 1,
    );
    controller.abort(reason);
    await expect(call).rejects.toBe(reason);
    await until("its end", async () => (await processesWith(provider, id, "cancel-mark")) === 0);
    expect((await provider.get(id))?.status.state).toBe("running");
  });

  test("a command that ran out of time is killed inside, with its time in the message", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const call = provider.exec(id, forever("late-mark"), { timeoutMs: 800 });
    await expect(call).rejects.toMatchObject({
      code: "TIMEOUT",
      message: expect.stringContaining("800 ms"),
    });
    await until("its end", async () => (await processesWith(provider, id, "late-mark")) === 0);
  });

  test("a provider that is disposed of kills the commands that it waits for", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image });
    const other = ours.another();
    const call = other.exec(id, forever("dispose-mark"));
    call.catch(() => {});
    const running = () => processesWith(ours.provider, id, "dispose-mark");
    await until("the command", async () => (await running()) === 1);
    await other[Symbol.asyncDispose]();
    await expect(call).rejects.toMatchObject({ code: "DISPOSED" });
    await until("its end", async () => (await running()) === 0);
  });

  test("a command runs as the user and in the folder that was asked for", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const who = ["node", "-p", "[process.getuid(), process.getgid(), process.cwd()].join()"];
    const run = async (options: { user?: string; workingDirectory?: string }) =>
      (await provider.exec(id, who, options)).stdout.trim();
    expect(await run({})).toBe("0,0,/");
    expect(await run({ user: "player", workingDirectory: "/data" })).toBe("1000,1000,/data");
    expect(await run({ user: "1000:7" })).toBe("1000,7,/");
  });

  test("a user or folder that the image doesn't have is EXEC_FAILED, not a result", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const refused = { code: "EXEC_FAILED" };
    await expect(provider.exec(id, ["true"], { user: "nobody-here" })).rejects.toMatchObject(
      refused,
    );
    await expect(
      provider.exec(id, ["true"], { workingDirectory: "/no/such/folder" }),
    ).rejects.toMatchObject(refused);
  });

  test("output of 16 MB is read to its end with only the beginning kept", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const code = `process.stdout.write("ü".repeat(8 * 1024 * 1024), () => process.exit(5))`;
    const result = await provider.exec(id, ["node", "-e", code], { maxOutputBytes: 1001 });
    expect(result).toEqual({
      exitCode: 5,
      stdout: "ü".repeat(500),
      stderr: "",
      truncated: true,
    });
  });

  test("twenty commands at once each get their own output and exit code", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const { id } = await provider.allocate({ image });
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const results = await Promise.all(
      numbers.map((number) =>
        provider.exec(id, ["sh", "-c", `cat; exit ${number}`], { stdin: `in ${number}` }),
      ),
    );
    expect(results.map(({ exitCode, stdout }) => [exitCode, stdout])).toEqual(
      numbers.map((number) => [number, `in ${number}`]),
    );
  });
});

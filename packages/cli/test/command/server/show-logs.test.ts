import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";
import { until } from "../../support/until.js";

const readiness = { type: "log", pattern: "^ready$" } as const;

describeEngines((engine) => {
  test("logs prints what a server wrote, its stderr on stderr", async () => {
    await using ours = scratchServers(engine);
    const { id, name } = await ours.provider.allocate({ image, readiness });
    await ours.provider.sendCommand(id, "err trouble");
    await until("the line", async () => (await ours.run("logs", [name])).stderr !== "");
    const { code, stdout, stderr } = await ours.run("logs", [name]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^started .*\nready\n$/);
    expect(stderr).toBe("said trouble\n");
  });

  test("logs takes the last lines, with their times, or as JSON lines", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({
      image,
      command: ["--print", "50"],
      readiness,
    });
    const timed = await ours.run("logs", ["-t", "--tail", "2", "--since", "1h", name]);
    expect(timed.stdout).toMatch(/^\d{4}-\S+Z line 50\n\d{4}-\S+Z ready\n$/);
    const { stdout } = await ours.run("logs", ["--tail", "2", "--json", name]);
    const lines = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { stream: "stdout", text: "line 50" },
      { stream: "stdout", text: "ready" },
    ]);
    const none = await ours.run("logs", ["--until", "2020-01-01T00:00:00Z", name]);
    expect(none).toMatchObject({ code: 0, stdout: "" });
  });

  test("logs -f goes on until Ctrl-C", async () => {
    await using ours = scratchServers(engine);
    const { id, name } = await ours.provider.allocate({ image, readiness });
    const logs = ours.run("logs", ["-f", "--tail", "1", name]);
    await until("the first line", () => logs.stdout() === "ready\n");
    await ours.provider.sendCommand(id, "say more");
    await until("the second line", () => logs.stdout() === "ready\nsaid more\n");
    logs.kill("SIGINT");
    expect((await logs).code).toBe(130);
  });

  test("logs -f ends with the server's removal", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image, readiness });
    const logs = ours.run("logs", ["-f", name]);
    await until("the first lines", () => logs.stdout().includes("ready\n"));
    await ours.run("rm", [name]);
    const { code, stdout } = await logs;
    expect(code).toBe(0);
    expect(stdout).toContain("terminating\n");
  });
});

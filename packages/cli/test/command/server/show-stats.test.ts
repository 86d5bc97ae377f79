import { expect, test } from "vitest";
import { describeEngines, image, scratchServers } from "../../support/scratch-servers.js";
import { until } from "../../support/until.js";

describeEngines((engine) => {
  test("stats shows what the servers that run use", async () => {
    await using ours = scratchServers(engine);
    const { name } = await ours.provider.allocate({ image, memoryLimit: 256e6 });
    const { code, stdout } = await ours.run("stats");
    expect(code).toBe(0);
    const [titles, row, ...rest] = stdout.trimEnd().split("\n");
    expect(titles).toMatch(/^NAME +CPU % +MEMORY +LIMIT /);
    expect(row).toMatch(new RegExp(`^${name} +[\\d.]+ +[\\d.]+ MB +256 MB `));
    expect(rest).toEqual([]);
  });

  test("stats of named servers come in the order of the names, as JSON", async () => {
    await using ours = scratchServers(engine);
    const [first, second] = [
      await ours.provider.allocate({ image }),
      await ours.provider.allocate({ image }),
    ];
    const { stdout } = await ours.run("stats", ["--json", second.name, first.id]);
    expect(JSON.parse(stdout)).toMatchObject([
      { id: second.id, memoryBytes: expect.any(Number) },
      { id: first.id, cpuPercent: expect.any(Number) },
    ]);
  });

  test("stats --watch measures again and again, until Ctrl-C", async () => {
    await using ours = scratchServers(engine);
    const { id } = await ours.provider.allocate({ image });
    const stats = ours.run("stats", ["--watch", "--interval", "10ms", "--json"]);
    const lines = () => stats.stdout().trim().split("\n");
    await until("a second line", () => lines().length >= 2);
    stats.kill("SIGINT");
    const { code } = await stats;
    expect(code).toBe(130);
    for (const line of lines().slice(0, 2)) expect(JSON.parse(line)).toMatchObject({ id });
  });

  test("stats --watch draws over what it showed before, on a terminal alone", async () => {
    await using ours = scratchServers(engine);
    await ours.provider.allocate({ image });
    for (const terminal of [true, false]) {
      const stats = ours.run("stats", ["--watch", "--interval", "10ms"], { terminal });
      await until("a second table", () => stats.stdout().split("NAME").length > 2);
      stats.kill("SIGINT");
      expect((await stats).stdout.includes("\u001b[2J")).toBe(terminal);
    }
  });
});

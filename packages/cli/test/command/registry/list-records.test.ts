import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { lobby, scratchRegistry, skywars } from "../../support/scratch-registry.js";
import { until } from "../../support/until.js";

describe.skipIf(!canStartRedis())("on Redis", () => {
  let redis: Awaited<ReturnType<typeof availableRedis>>;
  beforeAll(async () => {
    redis = await availableRedis();
  });
  afterAll(() => redis?.stop());

  test("list shows the servers, oldest first", async () => {
    await using ours = scratchRegistry(redis.url);
    await ours.registry.register(skywars);
    await ours.registry.register(lobby);
    await ours.registry.update("lobby-1", { health: "unhealthy" });
    const { code, stdout, stderr } = await ours.run("list");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(
      [
        "ID         TYPE   MODE     ADDRESS          PLAYERS  MATCHES  READY  STATE",
        "skywars-1  game   skywars  10.99.0.10:5520      3/8        1      1  available",
        "lobby-1    lobby           [fd00::2]:5521         0        0      0  available, unhealthy",
        "",
      ].join("\n"),
    );
  });

  test("list --json prints the Go library's records, and what the registry adds", async () => {
    await using ours = scratchRegistry(redis.url);
    const { version, registeredAtMs } = await ours.registry.register(skywars);
    const { stdout } = await ours.run("list", "--json");
    expect(JSON.parse(stdout)).toEqual([
      {
        ...skywars,
        matches: { "match-1": { status: "ready", need: 5, players: [] } },
        Metadata: {},
        health: "healthy",
        version,
        registeredAtMs,
        availability: "available",
      },
    ]);
  });

  test.each([
    [["--type", "lobby"], ["lobby-1"]],
    [["--mode", "skywars", "--match-seats", "5"], ["skywars-1"]],
    [["--match-seats", "6"], []],
    [["--free-seats", "5"], ["skywars-1"]],
    [["--label", "region=eu", "--label", "tier=gold"], ["skywars-2"]],
    [["--metadata", "map=castle"], ["skywars-2"]],
    [["--on", "FD00:0:0::2"], ["lobby-1"]],
    [["--availability", "draining"], ["skywars-2"]],
    [["--health", "unhealthy"], []],
    [["--type", "game", "--limit", "1"], ["skywars-1"]],
    [
      ["--type", "game", "--order", "fullest"],
      ["skywars-2", "skywars-1"],
    ],
  ])("list %j gives %j", async (argv, ids) => {
    await using ours = scratchRegistry(redis.url);
    await ours.registry.register(skywars);
    await ours.registry.register(lobby);
    await ours.registry.register({
      ...skywars,
      id: "skywars-2",
      players: 8,
      labels: { region: "eu", tier: "gold" },
      metadata: { map: "castle" },
      matches: {},
    });
    await ours.registry.drain("skywars-2", { deadlineMs: 1 });
    const { stdout } = await ours.run("list", "--json", ...argv);
    expect(JSON.parse(stdout).map(({ id }: { id: string }) => id)).toEqual(ids);
  });

  test("an expired server is kept for as long as --grace says", async () => {
    await using ours = scratchRegistry(redis.url);
    await ours.registry.register(lobby, { ttlMs: 1 });
    const expired = async () =>
      JSON.parse(
        (await ours.run("list", "--json", "--availability", "expired", "--grace", "1h")).stdout,
      );
    await until("the expiry", async () => (await expired()).length === 1);
    expect(await expired()).toMatchObject([{ id: "lobby-1", availability: "expired" }]);
  });
});

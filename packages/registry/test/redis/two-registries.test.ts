import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, describe, expect, test } from "vitest";
import { gameServer, leaseOf, lobbyServer } from "./sample.js";
import { scratchRegistry, uniqueNamespace } from "./scratch-registry.js";

describe.skipIf(!canStartRedis())("two registries of one namespace", async () => {
  const redis = await availableRedis();
  afterAll(() => redis.stop());
  const pair = () => {
    const namespace = uniqueNamespace();
    return [
      scratchRegistry(redis.url, { namespace }),
      scratchRegistry(redis.url, { namespace }),
    ] as const;
  };

  test("see the same servers, and none of another namespace's", async () => {
    const [first, second] = pair();
    await using _first = first;
    await using _second = second;
    await using other = scratchRegistry(redis.url);
    const server = await first.register(gameServer("a"));
    expect(await second.get("a")).toEqual(server);
    expect(await second.list({ mode: "skywars" })).toEqual([server]);
    expect(await other.list()).toEqual([]);
    expect(await other.claimSeats({ mode: "skywars" })).toEqual({ state: "none-free" });
  });

  test("never give a seat twice", async () => {
    const [first, second] = pair();
    await using _first = first;
    await using _second = second;
    await first.register(gameServer("a", [30, 21]));
    const claims = await Promise.all(
      Array.from({ length: 80 }, (_, index) =>
        (index % 2 === 0 ? first : second).claimSeats({ mode: "skywars" }),
      ),
    );
    const leases = claims.filter(({ state }) => state === "claimed").map(leaseOf);
    expect(leases).toHaveLength(51);
    expect(leases.filter(({ matchId }) => matchId === "m1")).toHaveLength(30);
    expect(new Set(leases.map(({ fencingToken }) => fencingToken)).size).toBe(51);
    expect(await second.listLeases("a")).toHaveLength(51);
  });

  test("confirm, release and extend each other's leases", async () => {
    const [first, second] = pair();
    await using _first = first;
    await using _second = second;
    await first.register(gameServer("a", [2]));
    const lease = leaseOf(await first.claimSeats({ mode: "skywars", party: ["ann"] }));
    expect((await second.extend(lease.id, 60_000)).expiresAtMs).toBeGreaterThan(lease.expiresAtMs);
    expect((await second.confirm(lease.id)).state).toBe("confirmed");
    expect((await first.confirm(lease.id)).state).toBe("confirmed");
    expect((await first.get("a"))?.matches["m1"]).toEqual({
      status: "ready",
      need: 1,
      players: ["ann"],
    });
    const other = leaseOf(await second.claimSeats({ mode: "skywars" }));
    expect(await first.release(other.id)).toBe(true);
    expect(await second.release(other.id)).toBe(false);
    await expect(second.release(lease.id)).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test("count all of a hundred updates by function from both", async () => {
    const [first, second] = pair();
    await using _first = first;
    await using _second = second;
    await first.register(lobbyServer("l", 200));
    await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        (index % 2 === 0 ? first : second).update("l", ({ players }) => ({ players: players + 1 })),
      ),
    );
    expect((await first.get("l"))?.players).toBe(100);
  });

  test("tell each other's changes to their watches, each once and in order", async () => {
    const [first, second] = pair();
    await using _first = first;
    await using _second = second;
    // Two connections: without a version, which of them is first would be chance.
    const { version } = await second.register(lobbyServer("l", 1));
    const changes = second.watch({ from: version });
    const told: string[] = [];
    const server = await first.register(gameServer("a", [1]));
    await first.update("a", { labels: { region: "eu" } });
    const lease = leaseOf(await second.claimSeats({ mode: "skywars" }));
    await second.confirm(lease.id);
    await first.unregister("a");
    let last = server.version - 1;
    for await (const change of changes) {
      expect(change.version).toBeGreaterThan(last);
      last = change.version;
      told.push(change.kind);
      if (change.kind === "removed") break;
    }
    expect(told).toEqual(["registered", "updated", "updated", "removed"]);
  });

  test("tell of an expiry once, whoever watches", async () => {
    const namespace = uniqueNamespace();
    await using first = scratchRegistry(redis.url, { namespace, graceMs: 50 });
    await using second = scratchRegistry(redis.url, { namespace, graceMs: 50 });
    const { version: from } = await first.register(lobbyServer("l", 1));
    const watches = [first.watch({ from }), second.watch({ from }), second.watch({ from })];
    await first.register(gameServer("a"), { ttlMs: 100 });
    const tolds = await Promise.all(
      watches.map(async (changes) => {
        const told: string[] = [];
        for await (const change of changes) {
          told.push(change.kind === "updated" ? change.server.availability : change.kind);
          if (change.kind === "removed") expect(change.reason).toBe("expired");
          if (change.kind === "removed") break;
        }
        return told;
      }),
    );
    for (const told of tolds) expect(told).toEqual(["registered", "expired", "removed"]);
  });

  test("a claim with conditions takes what meets them, and is contended only against others", async () => {
    const [first, second] = pair();
    await using _first = first;
    await using _second = second;
    for (let index = 0; index < 150; index += 1) {
      const labels = { region: index % 50 === 49 ? "eu" : "us" };
      await first.register({ ...gameServer(`s${index}`, [2]), labels });
    }
    for (const order of ["oldest", "fullest", "emptiest"] as const) {
      const request = { mode: "skywars", seats: 2, order, where: { labels: { region: "eu" } } };
      const claim = await second.claimSeats(request);
      expect(claim).toMatchObject({ state: "claimed", server: { labels: { region: "eu" } } });
    }
    const where = { labels: { region: "eu" } };
    expect(await first.claimSeats({ mode: "skywars", where })).toEqual({ state: "none-free" });
    expect(await first.findReadyMatch("skywars", { where })).toBeUndefined();
    expect((await first.findReadyMatch("skywars"))?.server.id).toBe("s0");
  });
});

import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, describe, expect, test } from "vitest";
import { Registry } from "../../src/index.js";
import { gameServer, leaseOf } from "./sample.js";
import { scratchRegistry } from "./scratch-registry.js";

describe.skipIf(!canStartRedis())("confirming for a party that the match has already", async () => {
  const redis = await availableRedis();
  afterAll(() => redis.stop());

  test.each([
    ["Redis", () => scratchRegistry(redis.url)],
    ["memory", () => new Registry()],
  ])("gives the seats back, changes no record and tells no watch, in %s", async (_, create) => {
    await using registry = create();
    await registry.register(gameServer("a", [2]));
    const party = ["ann", "bob"];
    const lease = leaseOf(await registry.claimSeats({ mode: "skywars", party }));
    const match = { status: "ready", need: 2, players: ["bob", "cleo", "ann"] } as const;
    await registry.updateMatch("a", "m1", match);
    const before = await registry.get("a");
    const changes = registry.watch({ from: before?.version });
    expect(await registry.findReadyMatch("skywars")).toBeUndefined();

    const confirmed = await registry.confirm(lease.id);
    expect(confirmed).toMatchObject({ id: lease.id, state: "confirmed" });
    expect(await registry.get("a")).toEqual(before);
    expect(await registry.getLease(lease.id)).toEqual(confirmed);
    expect(await registry.listLeases("a")).toEqual([]);
    expect((await registry.findReadyMatch("skywars", { seats: 2 }))?.match).toEqual(match);

    const next = await registry.update("a", { players: 1 });
    for await (const change of changes) {
      expect(change).toMatchObject({ kind: "updated", version: next.version });
      break;
    }
  });
});

import { availableRedis, canStartRedis } from "@potassium/tooling/engines";
import { afterAll, describe, expect, test } from "vitest";
import type { RedisRegistry } from "../../src/redis/index.js";
import { scripts } from "../../src/redis/script/script.js";
import { pausingProxy } from "./pausing-proxy.js";
import { gameServer, leaseOf, lobbyServer } from "./sample.js";
import { scratchRegistry, uniqueNamespace } from "./scratch-registry.js";

const labels = { region: "eu" };
const where = { labels };
const request = { mode: "skywars", where };

interface Rival {
  readonly registry: RedisRegistry;
  /** Before each of the claimer's looks and claims. */
  beforeLook(round: number): Promise<unknown>;
  beforeClaim(round: number): Promise<unknown>;
}

describe.skipIf(!canStartRedis())("a claim with conditions", async () => {
  const redis = await availableRedis();
  afterAll(() => redis.stop());

  /** A claimer whose rival does something just before each of its commands comes to Redis. */
  async function against(rival: Partial<Rival>, run: (claimer: RedisRegistry) => Promise<void>) {
    const rounds = { look: 0, claim: 0 };
    await using proxy = await pausingProxy(redis.url, async (sent) => {
      if (!sent.includes("EVALSHA")) return;
      if (sent.includes(scripts.candidates.sha1)) {
        rounds.look += 1;
        await rival.beforeLook?.(rounds.look);
      } else if (sent.includes(scripts.claim.sha1)) {
        rounds.claim += 1;
        await rival.beforeClaim?.(rounds.claim);
      }
    });
    const namespace = namespaces.get(rival.registry) ?? "";
    await using claimer = scratchRegistry(proxy.url, { namespace });
    await run(claimer);
    return rounds;
  }

  const namespaces = new Map<RedisRegistry | undefined, string>();

  function rivalRegistry(): RedisRegistry {
    const namespace = uniqueNamespace();
    const registry = scratchRegistry(redis.url, { namespace });
    namespaces.set(registry, namespace);
    return registry;
  }

  test("is contended where others take each place between the look and the claim, and holds nothing", async () => {
    await using registry = rivalRegistry();
    await registry.register({ ...gameServer("a", [1]), labels });
    let taken: string | undefined;
    const rival = {
      registry,
      async beforeLook() {
        if (taken !== undefined) await registry.release(taken);
      },
      async beforeClaim() {
        taken = leaseOf(await registry.claimSeats({ mode: "skywars" })).id;
      },
    };
    const rounds = await against(rival, async (claimer) => {
      expect(await claimer.claimSeats(request)).toEqual({ state: "contended" });
    });
    expect(rounds).toEqual({ look: 5, claim: 5 });
    expect((await registry.listLeases("a")).map(({ id }) => id)).toEqual([taken]);
  });

  test("is contended for a lobby too, where its record changes each time", async () => {
    await using registry = rivalRegistry();
    await registry.register({ ...lobbyServer("l", 10), labels });
    const rival = {
      registry,
      beforeClaim: (round: number) => registry.update("l", { players: round }),
    };
    const rounds = await against(rival, async (claimer) => {
      expect(await claimer.claimLobby({ where })).toEqual({ state: "contended" });
    });
    expect(rounds).toEqual({ look: 5, claim: 5 });
    expect(await registry.listLeases("l")).toEqual([]);
  });

  test("takes no place that no longer meets the conditions", async () => {
    await using registry = rivalRegistry();
    await registry.register({ ...gameServer("a", [1]), labels });
    const rival = {
      registry,
      beforeClaim: () => registry.update("a", { labels: { region: "us" } }),
    };
    await against(rival, async (claimer) => {
      expect(await claimer.claimSeats(request)).toEqual({ state: "none-free" });
    });
    expect(await registry.listLeases("a")).toEqual([]);
  });

  test("is none-free where another has taken the last place for good", async () => {
    await using registry = rivalRegistry();
    await registry.register({ ...gameServer("a", [1]), labels });
    const rival = { registry, beforeClaim: () => registry.claimSeats({ mode: "skywars" }) };
    const rounds = await against(rival, async (claimer) => {
      expect(await claimer.claimSeats(request)).toEqual({ state: "none-free" });
    });
    expect(rounds).toEqual({ look: 2, claim: 1 });
  });

  test("takes the next place that it saw where the first is taken", async () => {
    await using registry = rivalRegistry();
    for (const id of ["a", "b", "c"]) await registry.register({ ...gameServer(id, [1]), labels });
    const rival = { registry, beforeClaim: () => registry.claimSeats({ mode: "skywars" }) };
    const rounds = await against(rival, async (claimer) => {
      const claim = await claimer.claimSeats(request);
      expect(claim).toMatchObject({ state: "claimed", server: { id: "b" } });
    });
    expect(rounds).toEqual({ look: 1, claim: 1 });
  });

  test("is claimed once the others leave it a round", async () => {
    await using registry = rivalRegistry();
    await registry.register({ ...gameServer("a", [1]), labels });
    const rival = {
      registry,
      async beforeClaim(round: number) {
        if (round < 4) await registry.update("a", { players: round });
      },
    };
    const rounds = await against(rival, async (claimer) => {
      expect(leaseOf(await claimer.claimSeats(request)).serverId).toBe("a");
    });
    expect(rounds).toEqual({ look: 4, claim: 4 });
  });
});

import assert from "node:assert/strict";
import type { ServerOrderInput } from "../../registry/server-order.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { claimed } from "./claimed.js";
import { gameServer, idsOf, lobbyServer } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

/** Texts that are numbers, that are none, and what `Number` takes for one. */
const ratings: Readonly<Record<string, string | undefined>> = {
  none: undefined,
  nine: "9",
  ten: "10",
  word: "ten",
  minus: "-3.5",
  zero: "0",
  nan: "NaN",
  nothing: "",
  blank: " ",
  same: "10",
  endless: "Infinity",
  small: "2e-3",
};
const withoutNumber = ["none", "word", "nan", "nothing", "blank", "endless"];

export function testServerOrders(test: RegistryTest): void {
  test("list() is ordered oldest, fullest or emptiest first, ties by age", async (registry) => {
    for (const [id, players] of [
      ["z", 5],
      ["b", 8],
      ["m", 0],
      ["a", 5],
      ["c", 0],
      ["over", 9],
    ] as const) {
      await registry.register(lobbyServer(id, { players, maxPlayers: 8 }));
    }
    const oldest = ["z", "b", "m", "a", "c", "over"];
    assert.deepEqual(await listedIds(registry, "oldest"), oldest);
    assert.deepEqual(await listedIds(registry), oldest);
    const rooms = await listedIds(registry, "fullest");
    assert.deepEqual(rooms.slice(2), ["z", "a", "m", "c"]);
    assert.deepEqual(rooms.slice(0, 2).sort(), ["b", "over"]);
    assert.deepEqual((await listedIds(registry, "emptiest")).slice(0, 4), ["m", "c", "z", "a"]);
  });

  test("list() orders by room, whatever the size of a server", async (registry) => {
    await registry.register(lobbyServer("large", { players: 90, maxPlayers: 100 }));
    await registry.register(lobbyServer("small", { players: 0, maxPlayers: 2 }));
    assert.deepEqual(await listedIds(registry, "fullest"), ["small", "large"]);
    assert.deepEqual(await listedIds(registry, "emptiest"), ["large", "small"]);
  });

  test("list() counts held places in its orders", async (registry) => {
    await registry.register(lobbyServer("a", { maxPlayers: 5 }));
    await registry.register(lobbyServer("b", { maxPlayers: 4 }));
    await claimed(registry.claimLobby({ seats: 3 }));
    assert.deepEqual(await listedIds(registry, "fullest"), ["a", "b"]);
    assert.deepEqual(await listedIds(registry, "emptiest"), ["b", "a"]);
  });

  test("list() is ordered by a metadata's number, servers without one last", async (registry) => {
    await registerRatings(registry);
    const rising = { metadata: "rating" } as const;
    assert.deepEqual(await listedIds(registry, rising), [
      ...["minus", "zero", "small", "nine", "ten", "same"],
      ...withoutNumber,
    ]);
    assert.deepEqual(
      await listedIds(registry, { ...rising, direction: "ascending" }),
      await listedIds(registry, rising),
    );
    assert.deepEqual(await listedIds(registry, { ...rising, direction: "descending" }), [
      ...["ten", "same", "nine", "small", "zero", "minus"],
      ...withoutNumber,
    ]);
  });

  test("list() by a metadata that nobody has is in the order of registration", async (registry) => {
    await registerRatings(registry);
    for (const metadata of ["nothing", "constructor"]) {
      assert.deepEqual(await listedIds(registry, { metadata }), Object.keys(ratings));
    }
  });

  test("list() follows changes in each order", async (registry) => {
    await registry.register(lobbyServer("a", { players: 1, metadata: { rating: "1" } }));
    await registry.register(lobbyServer("b", { players: 2, metadata: { rating: "2" } }));
    const orders = ["oldest", "fullest", "emptiest", { metadata: "rating" }] as const;
    const first = async () => {
      const lists = await Promise.all(orders.map((order) => listedIds(registry, order)));
      return lists.map(([id]) => id);
    };
    assert.deepEqual(await first(), ["a", "b", "a", "a"]);
    await registry.update("a", { players: 3, metadata: { rating: "3" } });
    assert.deepEqual(await first(), ["a", "a", "b", "b"]);
    await registry.register(lobbyServer("a", { players: 0 }));
    assert.deepEqual(await first(), ["a", "b", "a", "b"]);
  });

  test("list() gives at most as many as its limit, the first ones in the order", async (registry) => {
    await registerRatings(registry);
    const ids = Object.keys(ratings);
    for (const limit of [1, 5, ids.length, 1000]) {
      assert.deepEqual(idsOf(await registry.list({}, { limit })), ids.slice(0, limit));
    }
    const order = { metadata: "rating", direction: "descending" } as const;
    assert.deepEqual(idsOf(await registry.list({}, { order, limit: 2 })), ["ten", "same"]);
    await registry.register(gameServer("game"));
    assert.deepEqual(idsOf(await registry.list({ type: "game" }, { limit: 1 })), ["game"]);
    assert.deepEqual(idsOf(await registry.list({}, { limit: undefined, order: undefined })), [
      ...ids,
      "game",
    ]);
  });
}

async function registerRatings(registry: ServerRegistry): Promise<void> {
  for (const [id, rating] of Object.entries(ratings)) {
    await registry.register(lobbyServer(id, { metadata: rating === undefined ? {} : { rating } }));
  }
}

async function listedIds(registry: ServerRegistry, order?: ServerOrderInput): Promise<string[]> {
  return idsOf(await registry.list({}, { order }));
}

import assert from "node:assert/strict";
import { Identifier } from "../../json/identifier.js";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { busyMatch, gameServer, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const hostileIds: readonly (readonly [what: string, id: string])[] = [
  ["__proto__", "__proto__"],
  ["constructor", "constructor"],
  ["toString", "toString"],
  ["hasOwnProperty", "hasOwnProperty"],
  ["nothing", ""],
  ["a blank", " "],
  ["NUL", "a\0b"],
  ["a line break", "a\nb"],
  ["DEL", "a\u007fb"],
  ["255 characters", "x".repeat(255)],
  ["256 characters", "x".repeat(256)],
  ["300 characters", "x".repeat(300)],
  ["what Redis reads as a hash tag", "a:b{c}"],
  ["a glob", "*?[a-z]"],
  ["path segments", "../../etc/passwd"],
  ["a number", "007"],
  ["emoji and joiners", "👩‍👩‍👧‍👦🏴‍☠️"],
  ["a right-to-left override", "a\u202eb"],
  ["composed characters", "\u00e9"],
  ["decomposed characters", "e\u0301"],
  ["half of a surrogate pair", "a\ud800"],
  ["quotes and a backslash", "\"'`\\"],
];

/** What `Identifier` takes must work everywhere; what it doesn't must be refused everywhere. */
export function testHostileIds(test: RegistryTest): void {
  for (const [what, id] of hostileIds) {
    if (Identifier.safeParse(id).success) {
      test(`an id of ${what} works`, (registry) => expectIdWorks(registry, id));
    } else {
      test(`an id of ${what} is refused`, (registry) => expectIdRefused(registry, id));
    }
  }

  test("ids that look alike are different servers", async (registry) => {
    const ids = hostileIds.map(([, id]) => id).filter((id) => Identifier.safeParse(id).success);
    for (const id of ids) {
      await registry.register(
        gameServer(id, { metadata: { own: id }, matches: { [id]: readyMatch } }),
      );
    }
    assert.deepEqual(
      (await registry.list()).map((server) => server.id),
      ids,
    );
    for (const id of ids) {
      const server = await registry.get(id);
      assert.equal(server?.metadata["own"], id);
      assert.deepEqual(Object.keys(server.matches), [id]);
    }
  });
}

async function expectIdWorks(registry: ServerRegistry, id: string): Promise<void> {
  assert.equal(await registry.get(id), undefined);
  assert.equal(await registry.unregister(id), false);
  await expectCode("NOT_FOUND", () => registry.update(id, { players: 1 }));
  const matches = { [id]: readyMatch };
  const metadata = { [id]: id };
  const labels = { [id]: id };
  const server = await registry.register(gameServer(id, { mode: id, matches, metadata, labels }));
  assert.equal(server.id, id);
  assert.deepEqual(server.metadata, metadata);
  assert.deepEqual(await registry.get(id), server);
  assert.deepEqual(await registry.list({ mode: id }), [server]);
  assert.deepEqual(await registry.list({ metadata, labels }, { order: { metadata: id } }), [
    server,
  ]);
  assert.deepEqual(await registry.findReadyMatch(id), { server, matchId: id, match: readyMatch });
  await expectClaimsWork(registry, id);
  await registry.updateMatch(id, id, readyMatch);
  assert.equal((await registry.update(id, { players: 1 })).players, 1);
  const match = { ...busyMatch, players: [id] };
  assert.deepEqual(await registry.updateMatch(id, id, match), match);
  assert.deepEqual((await registry.get(id))?.matches, { [id]: match });
  assert.equal(await registry.removeMatch(id, id), true);
  assert.equal(await registry.removeMatch(id, id), false);
  assert.equal(await registry.unregister(id), true);
  assert.deepEqual(await registry.list(), []);
}

/** With the id as mode, match, label, party and key. */
async function expectClaimsWork(registry: ServerRegistry, id: string): Promise<void> {
  const request = { mode: id, party: [id], idempotencyKey: id, where: { labels: { [id]: id } } };
  const { lease, server } = await claimed(registry.claimSeats(request));
  assert.deepEqual([server.id, lease.serverId, lease.matchId], [id, id, id]);
  assert.deepEqual((await claimed(registry.claimSeats(request))).lease, lease);
  assert.deepEqual(await registry.listLeases(id), [lease]);
  await registry.heartbeat(id, { ttlMs: 60_000 });
  await registry.confirm(lease.id);
  const match = (await registry.get(id))?.matches[id];
  assert.deepEqual(match?.players, [...(readyMatch.players ?? []), id]);
  await registry.drain(id, { deadlineMs: 0 });
  assert.equal((await registry.undrain(id)).availability, "available");
  assert.equal(await registry.getLease(`${id}-`.slice(-255)), undefined);
}

async function expectIdRefused(registry: ServerRegistry, id: string): Promise<void> {
  const witness = await registry.register(gameServer("witness"));
  const refused = async (field: string, call: () => unknown) => {
    assert.equal((await expectCode("INVALID_ARGUMENT", call)).field, field);
  };
  await refused("id", () => registry.register(gameServer(id)));
  await refused("id", () => registry.get(id));
  await refused("id", () => registry.update(id, { players: 1 }));
  await refused("id", () => registry.unregister(id));
  await refused("id", () => registry.heartbeat(id));
  await refused("id", () => registry.drain(id));
  await refused("id", () => registry.undrain(id));
  await refused("leaseId", () => registry.confirm(id));
  await refused("leaseId", () => registry.getLease(id));
  await refused("idempotencyKey", () => registry.claimLobby({ idempotencyKey: id }));
  await refused("party[0]", () => registry.claimSeats({ mode: "skywars", party: [id] }));
  await refused("serverId", () => registry.listLeases(id));
  await refused("serverId", () => registry.updateMatch(id, "m", readyMatch));
  await refused("serverId", () => registry.removeMatch(id, "m"));
  await refused("matchId", () => registry.updateMatch("witness", id, readyMatch));
  await refused("matchId", () => registry.removeMatch("witness", id));
  const matches = JSON.parse(`{${JSON.stringify(id)}: {"status": "ready", "need": 1}}`);
  const metadata = JSON.parse(`{${JSON.stringify(id)}: "text"}`);
  await expectCode("INVALID_ARGUMENT", () => registry.register(gameServer("b", { matches })));
  await expectCode("INVALID_ARGUMENT", () => registry.register(gameServer("b", { metadata })));
  await expectCode("INVALID_ARGUMENT", () => registry.update("witness", { matches }));
  assert.deepEqual(await registry.list(), [witness]);
}

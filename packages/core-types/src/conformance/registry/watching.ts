import assert from "node:assert/strict";
import type { RegistryChange } from "../../registry/registry-change.js";
import { rejectionOf } from "../expect-code.js";
import { waitFor } from "../wait-for.js";
import { collectChanges, expectRising } from "./change-collector.js";
import { claimed } from "./claimed.js";
import { busyMatch, gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

export function testWatching(test: RegistryTest): void {
  test("watch() tells each change of the records, in order, each once", async (registry) => {
    await registry.register(gameServer("before"));
    await using watch = collectChanges(registry);
    const versions = [
      (await registry.register(gameServer("a"))).version,
      (await registry.update("a", { players: 1 })).version,
      (await registry.update("before", () => ({ players: 2 }))).version,
    ];
    await registry.updateMatch("a", "m", openMatch(4));
    await registry.removeMatch("a", "m");
    await registry.unregister("a");
    await waitFor("the removal", () => watch.changes.some(({ kind }) => kind === "removed"));
    assert.deepEqual(watch.changes.map(shown), [
      "registered a",
      "updated a",
      "updated before",
      "updated a",
      "updated a",
      "removed a unregistered",
    ]);
    assert.deepEqual(
      watch.changes.slice(0, 3).map(({ version }) => version),
      versions,
    );
    expectRising(watch.changes);
    const [registered, updated] = watch.changes;
    assert.ok(registered?.kind === "registered" && updated?.kind === "updated");
    assert.equal(registered.server.version, registered.version);
    assert.deepEqual([registered.server.players, updated.server.players], [0, 1]);
  });

  test("watch() tells confirmed claims, drains and their end, but no claims", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(4) } }));
    await using watch = collectChanges(registry);
    const { lease } = await claimed(registry.claimSeats({ mode: "skywars", party: ["ann"] }));
    const other = await claimed(registry.claimSeats({ mode: "skywars" }));
    await registry.release(other.lease.id);
    await registry.heartbeat("a");
    await registry.confirm(lease.id);
    await registry.drain("a", { deadlineMs: 0 });
    await registry.undrain("a");
    await watch.caughtUp();
    const servers = watch.changes.map((change) => {
      assert.ok(change.kind === "updated");
      return [change.server.matches["m"]?.need, change.server.availability];
    });
    assert.deepEqual(servers, [
      [3, "available"],
      [3, "draining"],
      [3, "available"],
    ]);
  });

  test("watch() begins with the call, not with the first read", async (registry) => {
    await registry.register(gameServer("before"));
    const watch = registry.watch();
    await registry.register(gameServer("after"));
    for await (const change of watch) {
      assert.equal(shown(change), "registered after");
      break;
    }
  });

  test("watch() tells nothing of what changes nothing", async (registry) => {
    await registry.register(gameServer("a"));
    await using watch = collectChanges(registry);
    await registry.unregister("nobody");
    await registry.removeMatch("a", "none");
    await rejectionOf(() => registry.update("a", { port: 0 }));
    await rejectionOf(() => registry.update("a", { players: 1 }, { ifVersion: 1 }));
    await registry.register(gameServer("last"));
    await waitFor("the last change", () => watch.changes.length > 0);
    assert.deepEqual(watch.changes.map(shown), ["registered last"]);
  });

  test("watch() goes on after the version of a record", async (registry) => {
    await registry.register(gameServer("a"));
    const { version } = await registry.update("a", { players: 1 });
    await registry.update("a", { players: 2 });
    await registry.register(gameServer("b"));
    await using watch = collectChanges(registry, { from: version });
    await waitFor("both changes", () => watch.changes.length >= 2);
    assert.deepEqual(watch.changes.map(shown), ["updated a", "registered b"]);
  });

  test("watch() can be taken up again after any change, without a loss", async (registry) => {
    const { version } = await registry.register(gameServer("a"));
    for (let players = 1; players <= 30; players += 1) await registry.update("a", { players });
    const seen: number[] = [];
    for (let from = version; seen.length < 30; ) {
      for await (const change of registry.watch({ from })) {
        assert.ok(change.kind === "updated");
        seen.push(change.server.players);
        from = change.version;
        if (seen.length % 4 === 0) break;
        if (seen.length === 30) break;
      }
    }
    assert.deepEqual(
      seen,
      Array.from({ length: 30 }, (_, index) => index + 1),
    );
  });

  test("watch() from a version tells a removal that came after it", async (registry) => {
    await registry.register(gameServer("a"));
    const { version } = await registry.register(gameServer("b"));
    await registry.unregister("a");
    await using watch = collectChanges(registry, { from: version });
    await waitFor("the removal", () => watch.changes.length > 0);
    assert.deepEqual(watch.changes.map(shown), ["removed a unregistered"]);
  });

  test("watch() tells the expiry of a server, and its return", async (registry) => {
    await registry.register(gameServer("a"), { ttlMs: 100 });
    await using watch = collectChanges(registry, { from: 0 });
    const last = () => {
      const change = watch.changes.at(-1);
      return change?.kind === "updated" ? change.server.availability : undefined;
    };
    await waitFor("the expiry", () => last() === "expired");
    await registry.heartbeat("a", { ttlMs: 60_000 });
    await waitFor("the return", () => last() === "available");
    expectRising(watch.changes);
  });

  test(
    "watch() tells the removal of an expired server, without any other call",
    async (registry) => {
      await registry.register(gameServer("a"), { ttlMs: 50 });
      await using watch = collectChanges(registry, { from: 0 });
      await waitFor("the removal", () => watch.changes.at(-1)?.kind === "removed");
      assert.equal(watch.changes.map(shown).at(-1), "removed a expired");
      assert.equal(watch.servers.size, 0);
    },
    { graceMs: 50 },
  );

  test("watches tell changes that happen at once, in one order for all", async (registry) => {
    for (const id of ["a", "b", "c"]) await registry.register(gameServer(id));
    await using one = collectChanges(registry);
    await using two = collectChanges(registry);
    await Promise.all(
      Array.from({ length: 120 }, async (_, index) => {
        const id = ["a", "b", "c"][index % 3] ?? "a";
        if (index % 4 === 0) await registry.updateMatch(id, `m${index}`, busyMatch);
        else await registry.update(id, ({ players }) => ({ players: players + 1 }));
        if (index % 10 === 9) await registry.register(lobbyServer(`l${index}`));
      }),
    );
    await one.caughtUp();
    await two.caughtUp();
    expectRising(one.changes);
    assert.deepEqual(one.changes, two.changes);
    assert.equal(one.changes.length, 132);
  });

  test("leaving the loop of one watch leaves the others and the registry alone", async (registry) => {
    await using other = collectChanges(registry);
    for (let round = 0; round < 20; round += 1) {
      const watch = registry.watch();
      await registry.register(gameServer(`s${round}`));
      for await (const change of watch) {
        assert.equal(shown(change), `registered s${round}`);
        break;
      }
    }
    await other.caughtUp();
    assert.equal(other.changes.length, 20);
  });

  test("watch() that is aborted while it waits rejects with the reason", async (registry) => {
    await registry.register(gameServer("a"));
    const controller = new AbortController();
    await using watch = collectChanges(registry, { signal: controller.signal });
    await registry.update("a", { players: 1 });
    await waitFor("the change", () => watch.changes.length === 1);
    const reason = new Error("enough");
    controller.abort(reason);
    assert.equal(await rejectionOf(() => watch.end), reason);
  });

  test("disposal ends the watches", async (registry) => {
    await registry.register(gameServer("a"));
    const watches = [collectChanges(registry), collectChanges(registry, { from: 0 })];
    await waitFor("the first change", () => watches[1]?.changes.length === 1);
    await registry[Symbol.asyncDispose]();
    for (const watch of watches) assert.equal(await watch.end, undefined);
  });
}

function shown(change: RegistryChange): string {
  switch (change.kind) {
    case "registered":
    case "updated":
      return `${change.kind} ${change.server.id}`;
    case "removed":
      return `removed ${change.id} ${change.reason}`;
    case "resync":
      return `resync ${change.servers.map(({ id }) => id)}`;
    default:
      return change satisfies never;
  }
}

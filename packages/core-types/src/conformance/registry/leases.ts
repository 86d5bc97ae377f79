import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { claimed } from "./claimed.js";
import { gameServer, lobbyServer, openMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

const mode = "skywars";

export function testLeases(test: RegistryTest): void {
  test("getLease() gives a lease, and undefined for an unknown one", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    const { lease } = await claimed(registry.claimSeats({ mode }));
    assert.deepEqual(await registry.getLease(lease.id), lease);
    for (const id of ["nothing", "a", "m", "constructor", `${lease.id}x`, "a:b{c}"]) {
      assert.equal(await registry.getLease(id), undefined);
    }
  });

  test("an unknown lease is NOT_FOUND to confirm() and extend(), and not held to release()", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(1) } }));
    for (const id of ["nothing", "a", "constructor", "a:b{c}"]) {
      await expectCode("NOT_FOUND", () => registry.confirm(id));
      await expectCode("NOT_FOUND", () => registry.extend(id, 1000));
      assert.equal(await registry.release(id), false);
    }
  });

  test("listLeases() lists the held leases of a server, oldest first", async (registry) => {
    await registry.register(gameServer("a", { matches: { x: openMatch(2), y: openMatch(4) } }));
    await registry.register(lobbyServer("l"));
    assert.deepEqual(await registry.listLeases("a"), []);
    const leases = [];
    for (let index = 0; index < 6; index += 1) {
      leases.push((await claimed(registry.claimSeats({ mode }))).lease);
    }
    const lobby = await claimed(registry.claimLobby({}));
    assert.deepEqual(await registry.listLeases("a"), leases);
    assert.deepEqual(await registry.listLeases("l"), [lobby.lease]);
    await registry.confirm(leases[1]?.id ?? "");
    await registry.release(leases[3]?.id ?? "");
    const left = leases.filter((_, index) => index !== 1 && index !== 3);
    assert.deepEqual(await registry.listLeases("a"), left);
  });

  test("listLeases() of an extended lease keeps its place", async (registry) => {
    await registry.register(gameServer("a", { matches: { m: openMatch(3) } }));
    const ids: string[] = [];
    for (let index = 0; index < 3; index += 1) {
      ids.push((await claimed(registry.claimSeats({ mode }))).lease.id);
    }
    await registry.extend(ids[0] ?? "", 120_000);
    assert.deepEqual(await heldIds(registry, "a"), ids);
  });

  test("listLeases() of an unknown server is NOT_FOUND", async (registry) => {
    await registry.register(gameServer("a"));
    await expectCode("NOT_FOUND", () => registry.listLeases("nobody"));
    await registry.unregister("a");
    await expectCode("NOT_FOUND", () => registry.listLeases("a"));
  });
}

async function heldIds(registry: ServerRegistry, serverId: string): Promise<string[]> {
  return (await registry.listLeases(serverId)).map(({ id }) => id);
}

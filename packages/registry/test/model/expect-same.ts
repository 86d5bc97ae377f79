import type { ListFilter, SeatOrder, ServerRecord, ServerRegistry } from "@potassium/core-types";
import { expect } from "vitest";
import { infoOfRecord } from "../../src/record/registered-server.js";
import type { NaiveRegistry, NaiveServer } from "./naive-registry.js";
import { modes } from "./operations.js";

const orders: readonly SeatOrder[] = ["oldest", "fullest", "emptiest"];
const finds = orders.flatMap((order) =>
  [1, 3].flatMap((seats) =>
    [{}, { metadata: { region: "eu" } }].map((where) => ({ order, seats, where })),
  ),
);

export async function expectSameFinds(
  registry: ServerRegistry,
  naive: NaiveRegistry,
): Promise<void> {
  const asked = finds.flatMap((options) => {
    const { order, seats, where } = options;
    return [
      async () => {
        const lobby = naive.findLobby(seats, order, where);
        expect((await registry.findLobby(options))?.id).toBe(lobby?.info.id);
      },
      ...modes.map((mode) => async () => {
        const found = await registry.findReadyMatch(mode, options);
        const expected = naive.findMatch(mode, seats, order, where);
        expect([found?.server.id, found?.matchId]).toEqual([
          expected?.server.info.id,
          expected?.matchId,
        ]);
        expect(found?.match).toBe(found?.server.matches[found.matchId]);
      }),
    ];
  });
  await Promise.all(asked.map((ask) => ask()));
}

export async function expectSameLists(
  registry: ServerRegistry,
  naive: NaiveRegistry,
  filters: readonly ListFilter[],
): Promise<void> {
  for (const filter of filters) {
    const listed = await registry.list(filter);
    expect(listed.map(shown)).toEqual(naive.list(filter).map(shownOf(naive)));
  }
}

export async function expectSameLeases(
  registry: ServerRegistry,
  naive: NaiveRegistry,
): Promise<void> {
  for (const { info } of naive.servers) {
    const held = naive.leases.filter((lease) => lease.serverId === info.id);
    const expected = held.filter(({ state }) => state === "held").map(({ id }) => id);
    const leases = await registry.listLeases(info.id);
    expect(leases.map(({ id }) => id)).toEqual(expected);
  }
  for (const { id, expiresAtMs, state } of naive.leases) {
    expect(await registry.getLease(id)).toMatchObject({ expiresAtMs, state });
  }
}

const shown = (record: ServerRecord) => ({
  ...infoOfRecord(record),
  availability: record.availability,
});

const shownOf = (naive: NaiveRegistry) => (server: NaiveServer) => ({
  ...server.info,
  availability: naive.availability(server),
});

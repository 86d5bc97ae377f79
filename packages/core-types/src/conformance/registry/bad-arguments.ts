import assert from "node:assert/strict";
import type { ServerRegistry } from "../../registry/server-registry.js";
import { expectCode } from "../expect-code.js";
import { fullServer, readyMatch } from "./sample-server.js";
import type { RegistryTest } from "./suite.js";

/** A field's bad value, and where the error must point; the field itself where that is left out. */
type BadField = readonly [field: string, value: unknown, at?: string];

const badFields: readonly BadField[] = [
  ["type", "proxy"],
  ["type", null],
  ["mode", 7],
  ["mode", "x".repeat(256)],
  ["host", ""],
  ["host", "two words"],
  ["host", "10.0.0.256"],
  ["host", "10.0.0.1:5520"],
  ["host", "http://10.0.0.1"],
  ["host", 10],
  ["port", 0],
  ["port", -1],
  ["port", 65_536],
  ["port", 1.5],
  ["port", Number.NaN],
  ["port", "5520"],
  ["webhookPort", 0],
  ["webhookPort", 65_536],
  ["players", -1],
  ["players", 1.5],
  ["players", Number.POSITIVE_INFINITY],
  ["maxPlayers", -1],
  ["maxPlayers", "8"],
  ["matches", []],
  ["matches", { m1: null }, "matches.m1"],
  ["matches", { m1: { status: "over", need: 1 } }, "matches.m1.status"],
  ["matches", { m1: { status: "ready", need: -1 } }, "matches.m1.need"],
  ["matches", { m1: { status: "ready", need: 1, players: [""] } }, "matches.m1.players[0]"],
  ["matches", { m1: { status: "ready", need: 1, seats: 4 } }, "matches.m1.seats"],
  ["metadata", { region: 7 }, "metadata.region"],
  ["metadata", "region=eu"],
  ["labels", { region: 7 }, "labels.region"],
  ["labels", "region=eu"],
  ["health", "ill"],
  ["health", true],
  ["maxplayers", 8],
];

const badMatches: readonly BadField[] = [
  ["status", "over"],
  ["status", undefined],
  ["need", -1],
  ["need", 0.5],
  ["need", undefined],
  ["players", "ann"],
  ["players", ["ann", "a\nb"], "players[1]"],
  ["seats", 4],
];

const badFilters: readonly BadField[] = [
  ["type", "proxy"],
  ["mode", 7],
  ["hasCapacity", "yes"],
  ["hasReadyMatch", 1],
  ["hasReadymatch", true],
  ["host", "two words"],
  ["labels", { region: 7 }, "labels.region"],
  ["metadata", "region=eu"],
  ["health", "ill"],
  ["availability", "gone"],
  ["minFreeSeats", 0],
  ["minFreeSeats", 1.5],
  ["minMatchSeats", "4"],
  ["minMatchSeats", -1],
];

export function testBadArguments(test: RegistryTest): void {
  const refuses = (
    what: string,
    fields: readonly BadField[],
    call: (registry: ServerRegistry, bad: Record<string, never>) => unknown,
  ) => {
    for (const [field, value, at = field] of fields) {
      test(`${what} refuses ${at}: ${shown(value)}`, async (registry) => {
        const before = await registry.register(fullServer);
        // Typed as what fits everywhere, since no type lets a bad value through.
        const bad = { [field]: value } as Record<string, never>;
        const error = await expectCode("INVALID_ARGUMENT", () => call(registry, bad));
        assert.equal(error.field, at);
        assert.deepEqual(await registry.list(), [before]);
      });
    }
  };

  refuses("register()", badFields, (registry, bad) =>
    registry.register({ ...fullServer, ...bad, id: "other" }),
  );
  refuses("register() of a known id", badFields, (registry, bad) =>
    registry.register({ ...fullServer, ...bad }),
  );
  refuses("update()", badFields, (registry, bad) =>
    registry.update(fullServer.id, { players: 5, ...bad }),
  );
  refuses("updateMatch()", badMatches, (registry, bad) =>
    registry.updateMatch(fullServer.id, "m1", { ...readyMatch, ...bad }),
  );
  refuses("list()", badFilters, (registry, bad) => registry.list({ type: "game", ...bad }));
  refuses("page()", badFilters, (registry, bad) => registry.page({ type: "game", ...bad }));

  for (const field of ["id", "type", "host", "port"] as const) {
    test(`register() refuses a server without ${field}`, async (registry) => {
      const { [field]: _, ...rest } = fullServer;
      const error = await expectCode("INVALID_ARGUMENT", () =>
        registry.register(rest as typeof fullServer),
      );
      assert.equal(error.field, field);
      assert.deepEqual(await registry.list(), []);
    });
  }

  for (const value of [undefined, null, "text", 7, []] as never[]) {
    test(`${shown(value)} in the place of an argument is refused`, async (registry) => {
      const before = await registry.register(fullServer);
      const refused = (call: () => unknown) => expectCode("INVALID_ARGUMENT", call);
      await refused(() => registry.register(value));
      await refused(() => registry.update(fullServer.id, value));
      await refused(() => registry.update(fullServer.id, () => value));
      await refused(() => registry.updateMatch(fullServer.id, "m1", value));
      await refused(() => registry.updateMatch(fullServer.id, "m1", () => value));
      if (value !== undefined) await refused(() => registry.list(value));
      if (value !== undefined) await refused(() => registry.page(value));
      if (typeof value !== "string") {
        await refused(() => registry.get(value));
        await refused(() => registry.unregister(value));
        await refused(() => registry.removeMatch(fullServer.id, value));
        await refused(() => registry.findReadyMatch(value));
      }
      assert.deepEqual(await registry.list(), [before]);
    });
  }
}

function shown(value: unknown): string {
  if (typeof value === "number") return String(value);
  const text = JSON.stringify(value) ?? "undefined";
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

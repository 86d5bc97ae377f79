import fc from "fast-check";
import { expect, test } from "vitest";
import { RelayClient, RouteKeeper } from "../../src/index.js";
import { type Relay, startRelay } from "../../src/server/index.js";
import { eventually } from "../fixture/eventually.js";
import { FakeClock } from "../fixture/fake-clock.js";
import { type Fate, TableRelay } from "../fixture/table-relay.js";

const ip = fc.integer({ min: 1, max: 4 }).map((last) => `10.0.0.${last}`);
const backend = fc.integer({ min: 1, max: 3 }).map((port) => `10.99.0.10:${port}`);
const owner = fc.constantFrom(undefined, "ann", "bob");

const step = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("set" as const), ip, backend, owner }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("delete" as const), ip, owner }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("restart" as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("meddle" as const), ip }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("check" as const) }) },
);

const wantedBy = (keeper: RouteKeeper) =>
  Object.fromEntries(keeper.list().map(({ playerIp, backend }) => [playerIp, backend]));

const turn = () => new Promise(setImmediate);

test("whatever is set and deleted while calls fail and the relay loses its table, it ends up as wanted", async () => {
  const fates = fc.array(fc.constantFrom<Fate>("take", "take", "lose-change", "lose-answer"));
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fates, async (steps, someFates) => {
      const relay = new TableRelay();
      relay.fate = async (change) => {
        // Some take a turn longer than others, so that answers overtake each other.
        for (let wait = change.length % 3; wait > 0; wait -= 1) await turn();
        return someFates.pop() ?? "take";
      };
      await using keeper = new RouteKeeper(relay, { clock: new FakeClock(), concurrency: 2 });
      const model = new Map<string, Map<string | undefined, string>>();
      for (const next of steps) {
        if (next.do === "set") {
          keeper.set(next.ip, next.backend, { owner: next.owner });
          const claims = model.get(next.ip) ?? new Map();
          if (claims.get(next.owner) !== next.backend) claims.delete(next.owner);
          model.set(next.ip, claims.set(next.owner, next.backend));
        } else if (next.do === "delete") {
          keeper.delete(next.ip, { owner: next.owner });
          if (next.owner === undefined) model.delete(next.ip);
          else model.get(next.ip)?.delete(next.owner);
        } else if (next.do === "restart") relay.table.clear();
        else if (next.do === "meddle" && relay.table.has(next.ip)) {
          relay.table.set(next.ip, "10.50.0.1:1");
        } else if (next.do === "check") void keeper.check().catch(() => {});
        else await turn();
      }
      for (let look = 0; look < 100 && (look < 3 || someFates.length > 0); look += 1) {
        await keeper.check();
        for (let wait = 0; wait < 10; wait += 1) await turn();
      }
      await keeper.check();
      await keeper.settled();
      const wanted = Object.fromEntries(
        [...model].flatMap(([key, claims]) => {
          const last = [...claims.values()].at(-1);
          return last === undefined ? [] : [[key, last]];
        }),
      );
      expect(wantedBy(keeper)).toEqual(wanted);
      const ours = [...relay.table].filter(([, to]) => to !== "10.50.0.1:1");
      expect(Object.fromEntries(ours)).toEqual(wanted);
    }),
    { numRuns: 300 },
  );
}, 120_000);

test("whatever is set and deleted while the relay restarts, its table ends up as wanted", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 15 }), async (steps) => {
      let relay: Relay = await startRelay();
      await using client = new RelayClient(relay.url, { retries: 1 });
      await using keeper = new RouteKeeper(client, { intervalMs: 20 });
      try {
        for (const next of steps) {
          if (next.do === "set") keeper.set(next.ip, next.backend, { owner: next.owner });
          else if (next.do === "delete") keeper.delete(next.ip, { owner: next.owner });
          else if (next.do === "restart") {
            const { apiAddress: api, udpAddress: udp } = relay;
            await relay.close();
            relay = await startRelay({ api, udp });
          } else if (next.do !== "meddle") await turn();
        }
        await eventually(async () => {
          expect(await client.listRoutes()).toEqual(wantedBy(keeper));
        });
      } finally {
        await relay.close();
      }
    }),
    { numRuns: 15 },
  );
}, 120_000);

import fc from "fast-check";
import { expect, test } from "vitest";
import { type RouteChange, routeDifference } from "../../src/index.js";

const ip = fc.integer({ min: 1, max: 12 }).map((last) => `10.0.0.${last}`);
const backend = fc.integer({ min: 1, max: 3 }).map((port) => `10.99.0.10:${port}`);
const table = fc.dictionary(ip, backend, { noNullPrototype: true });

function apply(changes: readonly RouteChange[], before: Readonly<Record<string, string>>) {
  const after = new Map(Object.entries(before));
  for (const change of changes) {
    if (change.action === "delete") after.delete(change.playerIp);
    else after.set(change.playerIp, change.backend);
  }
  return Object.fromEntries(after);
}

test("applying the difference of two tables to one gives the other", () => {
  fc.assert(
    fc.property(table, table, (actual, desired) => {
      const { changes } = routeDifference(desired, actual);
      expect(apply(changes, actual)).toEqual(desired);
    }),
  );
});

test("each address is changed at most once, and never one that is right", () => {
  fc.assert(
    fc.property(table, table, (actual, desired) => {
      const { changes, unchanged, kept } = routeDifference(desired, actual);
      const all = [...changes, ...unchanged, ...kept].map(({ playerIp }) => playerIp);
      expect(new Set(all).size).toBe(all.length);
      expect(new Set(all)).toEqual(new Set([...Object.keys(actual), ...Object.keys(desired)]));
      for (const change of changes) {
        expect("previous" in change ? change.previous : undefined).toBe(actual[change.playerIp]);
        expect("backend" in change ? change.backend : undefined).toBe(desired[change.playerIp]);
      }
    }),
  );
});

test("what keep answers true to stays, and all else is as desired", () => {
  fc.assert(
    fc.property(table, table, backend, (actual, desired, foreign) => {
      const { changes } = routeDifference(desired, actual, (_, to) => to === foreign);
      const stays = Object.entries(actual).filter(([, to]) => to === foreign);
      expect(apply(changes, actual)).toEqual({ ...Object.fromEntries(stays), ...desired });
    }),
  );
});

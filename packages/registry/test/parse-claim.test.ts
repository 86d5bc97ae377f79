import { MatchInfo, parseInput, SeatRequest } from "@potassium/core-types";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseMatch } from "../src/parse-argument.js";
import { parseSeatRequest } from "../src/parse-claim.js";

const text = fc.oneof(
  fc.constantFrom("a", "", "__proto__", "a\nb", "\ud800", "x".repeat(255), "x".repeat(256)),
  fc.string({ unit: "binary", maxLength: 3 }),
);
const number = fc.oneof(
  fc.integer({ min: -1, max: 5 }),
  fc.constantFrom(0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53, 1_000_001, 86_400_001),
);
const anything = fc.oneof(text, number, fc.constantFrom(null, undefined, true, [], {}));
const texts = fc.oneof(fc.array(text, { maxLength: 3 }), anything);

const requests = fc.oneof(
  anything,
  fc.record(
    {
      mode: fc.oneof(text, anything),
      seats: fc.oneof(number, anything),
      party: texts,
      ttlMs: fc.oneof(number, anything),
      idempotencyKey: fc.oneof(text, anything),
      order: fc.oneof(fc.constantFrom("oldest", "fullest", "emptiest"), anything),
      where: fc.oneof(fc.constantFrom({ host: "LOCALHOST" }, { hosts: 1 }), anything),
      extra: anything,
    },
    { requiredKeys: [] },
  ),
);

const matches = fc.oneof(
  anything,
  fc.record(
    {
      status: fc.oneof(fc.constantFrom("ready", "busy", "starting"), anything),
      need: fc.oneof(number, anything),
      players: texts,
      extra: anything,
    },
    { requiredKeys: [] },
  ),
);

test("a claim is taken and refused as its schema does, and has a seat for each of the party", () => {
  fc.assert(
    fc.property(requests, (request) => {
      const bySchema = outcomeOf(() => parseInput(SeatRequest, request, "request"));
      const outcome = outcomeOf(() => parseSeatRequest(request));
      if (!("value" in bySchema)) {
        expect(outcome).toEqual(bySchema);
        return;
      }
      const { party, seats = Math.max(1, party.length) } = bySchema.value;
      if (party.length > seats) expect(outcome).toMatchObject({ field: "party" });
      else expect(outcome).toEqual({ value: { ...bySchema.value, seats } });
    }),
    { numRuns: 3_000 },
  );
});

test("a match is taken and refused as its schema does", () => {
  fc.assert(
    fc.property(matches, (match) => {
      const bySchema = outcomeOf(() => parseInput(MatchInfo, match, "match"));
      expect(outcomeOf(() => parseMatch(match))).toEqual(bySchema);
    }),
    { numRuns: 3_000 },
  );
});

type Outcome<T> = { readonly value: T } | { readonly field: unknown; readonly message: string };

function outcomeOf<T>(call: () => T): Outcome<T> {
  try {
    return { value: call() };
  } catch (error) {
    const { field, message } = error as Error & { readonly field?: string };
    return { field, message };
  }
}

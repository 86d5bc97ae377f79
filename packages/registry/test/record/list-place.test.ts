import type { ServerOrder } from "@potassium/core-types";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { Registry } from "../../src/index.js";
import { cursorAt, placeOfCursor } from "../../src/record/list-cursor.js";
import { comparePlaces, listPlace } from "../../src/record/list-place.js";

const rated = (rating: string | undefined) =>
  new Registry().register({
    id: "a",
    type: "game",
    host: "10.0.0.1",
    port: 1,
    metadata: rating === undefined ? {} : { rating },
  });
const order: ServerOrder = { metadata: "rating", direction: "ascending" };
const keyOf = (rating: string | undefined) => listPlace(rated(rating), 1, 0, order).key;

test("a metadata's number is a decimal; everything else comes last", () => {
  expect(["7", "-1.5", "+.5", "2e3", "007"].map(keyOf)).toEqual([7, -1.5, 0.5, 2000, 7]);
  const none = [undefined, "", " ", " 7", "0x10", "1e999", "Infinity", "NaN", "seven", "1_000"];
  for (const text of none) expect(keyOf(text), text).toBe(Number.POSITIVE_INFINITY);
});

test("servers without a number come last in a descending order too", () => {
  const place = (rating: string | undefined, age: number) =>
    listPlace(rated(rating), age, 0, { metadata: "rating", direction: "descending" });
  const sorted = [place(undefined, 1), place("5", 2), place("7", 3), place("5", 4)];
  expect(sorted.sort(comparePlaces).map(({ age }) => age)).toEqual([3, 2, 4, 1]);
});

test("a key that every object has is no metadata", () => {
  const { key } = listPlace(rated("7"), 1, 0, { ...order, metadata: "constructor" });
  expect(key).toBe(Number.POSITIVE_INFINITY);
});

test("a cursor gives back its place, in its own order only", () => {
  const key = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.constant(Number.POSITIVE_INFINITY),
  );
  fc.assert(
    fc.property(key, fc.nat(), (each, age) => {
      const cursor = cursorAt({ key: each, age }, { filter: {}, order });
      expect(comparePlaces(placeOfCursor(cursor, { filter: {}, order }), { key: each, age })).toBe(
        0,
      );
      expect(() => placeOfCursor(cursor, { filter: {}, order: "oldest" })).toThrow(
        "belongs to a list in another order",
      );
    }),
  );
});

test("a text that is no cursor is refused", () => {
  const bad = ["", "x", "e30", "bnVsbA", Buffer.from('["oldest","0",1]').toString("base64url")];
  for (const cursor of bad) {
    expect(() => placeOfCursor(cursor, { filter: {}, order: "oldest" })).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", field: "cursor" }),
    );
  }
});

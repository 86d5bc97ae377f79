import { expect, test } from "vitest";
import * as z from "zod/mini";
import { PotassiumError, parseInput } from "../../src/index.js";

const Pet = z.strictObject({
  name: z.string(),
  tags: z.optional(z.array(z.strictObject({ text: z.string() }))),
  notes: z.optional(
    z.record(z.string().check(z.regex(/^[a-z-]+$/, "must be letters")), z.string()),
  ),
  home: z.optional(z.union([z.string(), z.strictObject({ street: z.string(), number: z.int() })])),
});

function failure(value: unknown): PotassiumError {
  try {
    parseInput(Pet, value, "pet");
  } catch (error) {
    if (error instanceof PotassiumError) return error;
  }
  return expect.unreachable("the value was taken");
}

test("parseInput gives what the schema makes", () => {
  expect(parseInput(Pet, { name: "Rex" }, "pet")).toEqual({ name: "Rex" });
});

test.each<[field: string, value: unknown, message: string]>([
  ["pet", null, "invalid pet: must be an object, not null"],
  ["name", {}, "invalid pet: name: is missing"],
  ["age", { name: "Rex", age: 7 }, "invalid pet: age: is not a known field"],
  ["tags[1].text", { name: "Rex", tags: [{ text: "a" }, {}] }, "tags[1].text: is missing"],
  ["tags[0].colour", { name: "R", tags: [{ text: "a", colour: 1 }] }, "is not a known field"],
  ['notes["7 a"]', { name: "Rex", notes: { "7 a": "x" } }, 'notes["7 a"]: must be letters'],
  ["notes.a-b", { name: "Rex", notes: { "a-b": 7 } }, "notes.a-b: must be a string, not 7"],
  [
    "home.number",
    { name: "Rex", home: { street: "x", number: 0.5 } },
    "home.number: must be a whole number",
  ],
  ["home", { name: "Rex", home: 7 }, "must be a string, not 7, or must be an object, not 7"],
  ["home.door", { name: "R", home: { street: "x", number: 1, door: 2 } }, "is not a known field"],
])("parseInput names the field %s and says why", (field, value, message) => {
  const error = failure(value);
  expect(error.code).toBe("INVALID_ARGUMENT");
  expect(error.field).toBe(field);
  expect(error.message).toContain(message);
});

test("parseInput throws what its factory makes", () => {
  const makeError = (message: string, field: string) => new RangeError(`${field} | ${message}`);
  expect(() => parseInput(Pet, {}, "pet", makeError)).toThrow(
    new RangeError("name | invalid pet: name: is missing"),
  );
});

test("parseInput refuses a key __proto__ at any depth, which a schema would drop", () => {
  expect(failure(JSON.parse('{"name": "Rex", "__proto__": {}}')).field).toBe("__proto__");
  expect(failure(JSON.parse('{"name": "Rex", "notes": {"__proto__": "x"}}')).field).toBe(
    "notes.__proto__",
  );
  expect(failure(JSON.parse('{"name": "R", "tags": [{"__proto__": 1}]}')).field).toBe(
    "tags[0].__proto__",
  );
});

test("parseInput refuses nesting without end", () => {
  const circle: Record<string, unknown> = { name: "Rex" };
  circle["self"] = circle;
  expect(failure(circle).message).toBe("invalid pet: is nested too deeply");
  let deep: unknown = "bottom";
  for (let level = 0; level < 200_000; level += 1) deep = [deep];
  expect(failure({ name: "Rex", deep }).message).toBe("invalid pet: is nested too deeply");
});

test("parseInput does not walk through bytes", () => {
  const Holder = z.object({ bytes: z.instanceof(Uint8Array) });
  const bytes = new Uint8Array(50_000_000);
  expect(parseInput(Holder, { bytes }, "holder").bytes).toBe(bytes);
});

import { expect, test } from "vitest";
import * as z from "zod/mini";
import { AllocateRequest, parseInput, ServerStatus } from "../../src/index.js";

function messageOf(schema: z.core.$ZodType, value: unknown): string {
  try {
    parseInput(schema, value, "value");
  } catch (error) {
    return (error as Error).message.replace("invalid value: ", "");
  }
  return expect.unreachable("the value was taken");
}

const Kind = z.discriminatedUnion("type", [
  z.object({ type: z.literal("console") }),
  z.object({ type: z.literal("exec") }),
]);

test.each<[message: string, schema: z.core.$ZodType, value: unknown]>([
  ["is missing", z.string(), undefined],
  ["must be a string, not null", z.string(), null],
  ["must be a string, not an object", z.string(), {}],
  ["must be a number, not NaN", z.number(), Number.NaN],
  ["must be a whole number, not 0.5", z.int(), 0.5],
  ["must be at most 9007199254740991", z.int(), 2 ** 60],
  ["must be true or false, not a string", z.boolean(), "yes"],
  ["must be a list, not a string", z.array(z.string()), "a"],
  ["must be an object, not a list", z.record(z.string(), z.string()), []],
  ["must be one of udp, tcp", z.enum(["udp", "tcp"]), "icmp"],
  ["must be -1", z.literal(-1), 1],
  ["must not be empty", z.string().check(z.minLength(1)), ""],
  ["must have at least 2 items", z.array(z.unknown()).check(z.minLength(2)), []],
  ["must have at most 3 characters", z.string().check(z.maxLength(3)), "abcd"],
  ["must be at least 1", z.number().check(z.minimum(1)), 0],
  ["must be more than 1", z.number().check(z.gt(1)), 1],
  ["must be less than 1", z.number().check(z.lt(1)), 1],
  ["type: must be one of console, exec", Kind, { type: "shell" }],
  ["type: must be one of console, exec", Kind, {}],
  ["must be -1, or must be a whole number, not 0.5", z.union([z.literal(-1), z.int()]), 0.5],
  [
    "must be one of a, b, or must be a list, not a string",
    z.union([z.enum(["a", "b"]), z.array(z.string())]),
    "c",
  ],
  ["must match /^a$/", z.string().check(z.regex(/^a$/)), "b"],
  ["is not valid", z.string().check(z.refine(() => false)), "a"],
])("parseInput says %s", (message, schema, value) => {
  expect(messageOf(schema, value)).toBe(message);
});

test("parseInput keeps the text that a schema has for itself", () => {
  expect(messageOf(z.string("must be your name"), 7)).toBe("must be your name");
});

test.each<[message: string, schema: z.core.$ZodType, value: unknown]>([
  [
    "stop.command.type: must be one of console, exec",
    AllocateRequest,
    { image: "a", stop: { command: {} } },
  ],
  [
    "state: must be one of created, starting, running, paused, stopping, stopped, error",
    ServerStatus,
    {},
  ],
  [
    "ports[0].protocol: must be one of udp, tcp",
    AllocateRequest,
    { image: "a", ports: [{ container: 1, protocol: "x" }] },
  ],
  [
    "environment.A: must be a string, not 1",
    AllocateRequest,
    { image: "a", environment: { A: 1 } },
  ],
  [
    "memorySwap: must be -1, or must be a whole number, not 0.5",
    AllocateRequest,
    { image: "a", memorySwap: 0.5 },
  ],
])("a wrong value of ours says %s", (message, schema, value) => {
  expect(messageOf(schema, value)).toBe(message);
});

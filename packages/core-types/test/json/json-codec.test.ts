import { expect, test } from "vitest";
import * as z from "zod/mini";
import { goNullable, goOptional } from "../../src/json/go-optional.js";
import { jsonCodec } from "../../src/json/json-codec.js";

const PetJson = jsonCodec({
  what: "pet",
  wire: () =>
    z.object({
      pet_name: z.string(),
      age: goOptional(z.number()),
      toys: goNullable(z.array(z.string())),
      home: goNullable(z.record(z.string(), z.unknown())),
    }),
  value: z.readonly(
    z.strictObject({
      petName: z.string().check(z.minLength(2)),
      age: z.optional(z.int()),
      toys: z.optional(z.array(z.string())),
      home: z.optional(
        z.union([
          z.strictObject({ door: z.int() }),
          z.strictObject({
            street: z.string(),
            plan: z.optional(z.strictObject({ rooms: z.int() })),
          }),
        ]),
      ),
    }),
  ),
  fromWire: ({ pet_name, ...rest }) => ({ petName: pet_name, ...rest }),
  toWire: ({ petName, ...rest }) => ({ pet_name: petName, ...rest }),
});

test("decode() reads Go's zero values as left out", () => {
  const zero = { pet_name: "Rex", age: 0, toys: null, home: null };
  expect(PetJson.decode(zero)).toStrictEqual({ petName: "Rex" });
  expect(PetJson.decode({ pet_name: "Rex", age: null })).toStrictEqual({ petName: "Rex" });
  expect(PetJson.decode({ pet_name: "Rex", toys: [] })).toStrictEqual({ petName: "Rex", toys: [] });
});

test("decode() leaves out what it doesn't know, at any depth and in any alternative", () => {
  const newer = {
    pet_name: "Rex",
    colour: "red",
    home: { street: "Elm", plan: { rooms: 2, roof: { tiles: 9 } }, garden: true },
  };
  expect(PetJson.decode(newer)).toStrictEqual({
    petName: "Rex",
    home: { street: "Elm", plan: { rooms: 2 } },
  });
});

test("decode() doesn't change what it reads", () => {
  const json = Object.freeze({ pet_name: "Rex", home: Object.freeze({ door: 1, more: 2 }) });
  expect(PetJson.decode(json).home).toEqual({ door: 1 });
  expect(json.home.more).toBe(2);
});

test("decode() names the field at fault", () => {
  const field = (value: unknown) => {
    try {
      PetJson.decode(value);
      return "taken";
    } catch (error) {
      return (error as { field?: string }).field;
    }
  };
  expect(field(null)).toBe("pet");
  expect(field([])).toBe("pet");
  expect(field({})).toBe("pet_name");
  expect(field({ pet_name: "R" })).toBe("petName");
  expect(field({ pet_name: "Rex", age: 0.5 })).toBe("age");
  expect(field({ pet_name: "Rex", toys: ["a", 1] })).toBe("toys[1]");
  expect(field({ pet_name: "Rex", home: { door: 0.5 } })).toBe("home.door");
  expect(field(JSON.parse('{"pet_name": "Rex", "home": {"__proto__": 1}}'))).toBe("home.__proto__");
});

test("encode() leaves out what is undefined", () => {
  expect(PetJson.encode({ petName: "Rex", age: undefined })).toStrictEqual({ pet_name: "Rex" });
});

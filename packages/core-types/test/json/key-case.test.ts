import * as fc from "fast-check";
import { expect, test } from "vitest";
import { camelCaseKeys, snakeCaseKeys } from "../../src/json/key-case.js";

test("snakeCaseKeys writes keys in snake_case, at any depth", () => {
  expect(snakeCaseKeys({ graceMs: 1, stop: [{ exitCodeMap: { aB: null } }] })).toEqual({
    grace_ms: 1,
    stop: [{ exit_code_map: { a_b: null } }],
  });
});

test("camelCaseKeys writes keys in camelCase, at any depth", () => {
  expect(camelCaseKeys({ grace_ms: 1, stop: [{ exit_code: { ipv6_2: null } }] })).toEqual({
    graceMs: 1,
    stop: [{ exitCode: { ipv62: null } }],
  });
});

test("values are left as they are", () => {
  const values = ["snake_case", "camelCase", 1, true, null];
  expect(camelCaseKeys(values)).toEqual(values);
  expect(snakeCaseKeys(values)).toEqual(values);
  expect([camelCaseKeys(undefined), snakeCaseKeys("aB")]).toEqual([undefined, "aB"]);
});

test("keys that are undefined are left out", () => {
  expect(Object.keys(snakeCaseKeys({ aB: undefined, c: 1 }) as object)).toEqual(["c"]);
});

test("camelCaseKeys undoes snakeCaseKeys for names of letters", () => {
  const key = fc.stringMatching(/^[a-z]{1,6}(?:[A-Z][a-z]{1,6}){0,3}$/);
  const value = fc.letrec((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      fc.constant(null),
      fc.nat(),
      fc.string(),
      fc.array(tie("node"), { maxLength: 3 }),
      fc.dictionary(key, tie("node"), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).node;
  fc.assert(
    fc.property(value, (original) => {
      expect(camelCaseKeys(snakeCaseKeys(original))).toEqual(original);
    }),
  );
});

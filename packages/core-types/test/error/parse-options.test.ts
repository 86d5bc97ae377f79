import { expect, test } from "vitest";
import { parseOptions } from "../../src/index.js";

const known = ["ttlMs", "ifVersion", "signal"];

function problemOf(options: unknown, names = known): { field?: string; message: string } {
  try {
    parseOptions(options, names);
  } catch (error) {
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT" });
    return error as Error & { field: string };
  }
  return expect.unreachable("the options were taken");
}

test.each([
  [{ ttl: 5 }, "ttl", "did you mean ttlMs?"],
  [{ ifversion: 5 }, "ifversion", "did you mean ifVersion?"],
  [{ sginal: 5 }, "sginal", "did you mean signal?"],
  [{ colour: undefined }, "colour", "it must be one of ttlMs, ifVersion, signal"],
  [{ "a\nb": 1 }, "a\nb", '"a\\nb"'],
  [JSON.parse('{ "__proto__": 1 }'), "__proto__", "is not a known option"],
])("an unknown name is refused: %j", (options, field, message) => {
  expect(problemOf(options)).toMatchObject({ field, message: expect.stringContaining(message) });
});

test.each([
  [null, "null"],
  [500, "500"],
  ["text", "a string"],
  [[], "a list"],
  [() => {}, "a function"],
])("what is no object is refused: %s", (options, given) => {
  const message = `invalid options: must be an object, not ${given}`;
  expect(problemOf(options)).toMatchObject({ field: "options", message });
});

test.each([
  [new AbortController(), "not its controller: give controller.signal"],
  [{}, "not another object"],
  [null, "not null"],
  [5, "not 5"],
])("a signal that is none is refused: %s", (signal, message) => {
  expect(problemOf({ signal })).toMatchObject({
    field: "signal",
    message: expect.stringContaining(message),
  });
});

test("options in order are taken, and none at all", () => {
  const { signal } = new AbortController();
  for (const options of [undefined, {}, { signal }, { ttlMs: 5, signal: undefined }]) {
    expect(() => parseOptions(options, known)).not.toThrow();
  }
});

test("a call without a signal takes none", () => {
  expect(problemOf({ signal: undefined }, ["ttlMs"])).toMatchObject({
    field: "signal",
    message: expect.stringMatching(/it must be ttlMs$/),
  });
});

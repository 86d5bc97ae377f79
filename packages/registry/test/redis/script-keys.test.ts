import { expect, test } from "vitest";
import { keysOf } from "../../src/redis/script/keys.js";
import { scripts } from "../../src/redis/script/script.js";

const count = keysOf("any").length;

for (const { name, text } of Object.values(scripts)) {
  test(`the script ${name} touches no key but those it is given`, () => {
    const calls = [...text.matchAll(/redis\.p?call\(([^,)]+),?\s*([^,)]*)/g)];
    expect(calls.length).toBeGreaterThan(10);
    for (const [call, command = "", first = ""] of calls) {
      if (command === "'TIME'") continue;
      expect(call).toMatch(/redis\.call\('[A-Z]+', KEYS\[(?:\d+|hash|index)\]/);
      const number = /\d+/.exec(first)?.[0];
      if (number !== undefined) expect(Number(number)).toBeLessThanOrEqual(count);
    }
  });
}

test("all keys of a namespace have its one hash tag, whatever it is called", () => {
  for (const namespace of ["eu", "}{", "{a}", "a}b", "*", "a:b", "ü{", " ", "x".repeat(255)]) {
    const tags = new Set(keysOf(namespace).map((key) => /\{(.*?)\}/.exec(key)?.[1]));
    expect([...tags]).toEqual([encodeURIComponent(namespace)]);
  }
});

test("no two namespaces share a key", () => {
  const namespaces = ["a", "a}", "a:meta", "a%7D", "A", "a}:meta"];
  const keys = namespaces.flatMap(keysOf);
  expect(new Set(keys).size).toBe(namespaces.length * count);
});

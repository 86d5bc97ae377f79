import { expect, test } from "vitest";
import { readOnce } from "../../src/container/read-once.js";

/** Reads JSON, and notes what it read. */
function reader(maxTexts: number) {
  const read: string[] = [];
  const parse = (text: string): unknown => {
    read.push(text);
    return Object.freeze(JSON.parse(text));
  };
  return { read, once: readOnce(parse, maxTexts) };
}

test("the same text is read once, and gives the same value", () => {
  const { read, once } = reader(2);
  expect(once("[1]")).toBe(once("[1]"));
  expect(once("[2]")).toEqual([2]);
  expect(read).toEqual(["[1]", "[2]"]);
});

test("of more texts than fit the oldest is forgotten", () => {
  const { read, once } = reader(2);
  for (const text of ["[1]", "[2]", "[3]", "[3]", "[2]", "[1]"]) once(text);
  expect(read).toEqual(["[1]", "[2]", "[3]", "[1]"]);
});

test("a long text is not kept", () => {
  const { read, once } = reader(2);
  const long = JSON.stringify("x".repeat(20_000));
  once(long);
  once(long);
  expect(read).toHaveLength(2);
});

test("a text that can't be read throws each time", () => {
  const { once } = reader(2);
  expect(() => once("{")).toThrow(SyntaxError);
  expect(() => once("{")).toThrow(SyntaxError);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseIgnoreRules } from "../../src/tree/ignore-rules.js";

const ignores = (patterns: readonly string[], path: string, isFolder = false) =>
  parseIgnoreRules(patterns)(path, isFolder);

describe("a pattern ignores", () => {
  test.each([
    ["*.log", "a.log"],
    ["*.log", "deep/in/a.log"],
    ["/a.log", "a.log"],
    ["logs/a.log", "logs/a.log"],
    ["logs/*.log", "logs/a.log"],
    ["**/a", "a"],
    ["**/a", "x/y/a"],
    ["a/**", "a/b"],
    ["a/**", "a/b/c"],
    ["a/**/b", "a/b"],
    ["a/**/b", "a/x/y/b"],
    ["a/**/**/b", "a/b"],
    ["a?c", "abc"],
    ["a**c", "abbc"],
    ["[a]+(b)", "[a]+(b)"],
    ["游戏*", "游戏.pak"],
    ["?", "🎮"],
    [" a ", "a"],
  ])("%j: %j", (pattern, path) => {
    expect(ignores([pattern], path)).toBe(true);
  });
});

describe("a pattern leaves", () => {
  test.each([
    ["*.log", "a.log.txt"],
    ["/a.log", "deep/a.log"],
    ["logs/a.log", "deep/logs/a.log"],
    ["logs/*.log", "logs/deep/a.log"],
    ["*.LOG", "a.log"],
    ["a/**", "a"],
    ["a?c", "a/c"],
    ["a*c", "a/c"],
    ["a.c", "abc"],
    ["[ab]", "a"],
    ["", "a"],
    ["# a", "a"],
    ["logs/", "logs"],
  ])("%j: the file %j", (pattern, path) => {
    expect(ignores([pattern], path)).toBe(false);
  });
});

test("a pattern that ends in a slash is for folders only", () => {
  expect(ignores(["logs/"], "a/logs", true)).toBe(true);
  expect(ignores(["logs/"], "a/logs", false)).toBe(false);
});

test("the last pattern that matches decides", () => {
  const patterns = ["*.log", "!keep.log", "/keep.log"];
  expect(ignores(patterns, "a.log")).toBe(true);
  expect(ignores(patterns, "in/keep.log")).toBe(false);
  expect(ignores(patterns, "keep.log")).toBe(true);
});

test("without patterns nothing is ignored", () => {
  expect(parseIgnoreRules()("a", false)).toBe(false);
});

test.each([["a\\b"], ["a//b"], ["../a"], ["./a"], ["/"], [7 as unknown as string]])(
  "%j is refused, and named",
  (pattern) => {
    expect(() => parseIgnoreRules(["a", pattern])).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", field: "ignore[1]" }),
    );
  },
);

test("a pattern without wildcards matches its own path and no other", () => {
  const segment = fc
    .stringMatching(/^[a-c.+^$(){}|[\]é]{1,4}$/)
    .filter((text) => !/^\.+$/.test(text));
  const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
  fc.assert(
    fc.property(path, path, (one, other) => {
      expect(ignores([`/${one}`], other)).toBe(one === other);
    }),
  );
});

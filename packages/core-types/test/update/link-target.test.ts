import { expect, test } from "vitest";
import { linkDestination, linkTargetProblem } from "../../src/index.js";

test.each([
  ["current", "data/1", "data/1"],
  ["lib/libgame.so", "libgame.so.1", "lib/libgame.so.1"],
  ["a/b/link", "../../c", "c"],
  ["a/link", "..", ""],
  ["a/link", "./b", "a/b"],
  ["link", ".", ""],
])("the link %s to %s stays in the tree and leads to '%s'", (path, target, destination) => {
  expect(linkTargetProblem(path, target)).toBeUndefined();
  expect(linkDestination(path, target)).toBe(destination);
});

test.each([
  ["link", ""],
  ["link", ".."],
  ["link", "../a"],
  ["a/link", "../../b"],
  ["a/link", "../../../etc/passwd"],
  ["link", "/etc/passwd"],
  ["link", "//srv/share"],
  ["link", "C:\\Windows"],
  ["link", "C:evil"],
  ["link", "..\\a"],
  ["link", "\\\\?\\C:\\x"],
  ["link", "https://a/b"],
  ["link", "a/"],
  ["link", "a//b"],
  ["link", "a\0b"],
  ["link", "nul.txt"],
  ["link", "e\u0301"],
])("the link %s to %j is refused", (path, target) => {
  expect(linkTargetProblem(path, target)).toEqual(expect.any(String));
});

test("a link that goes up after a name is refused: the name may be a link to elsewhere", () => {
  expect(linkTargetProblem("link", "a/..")).toEqual(expect.any(String));
  expect(linkTargetProblem("link", "a/../b")).toEqual(expect.any(String));
  expect(linkTargetProblem("a/link", "../b/../c")).toEqual(expect.any(String));
});

test("linkDestination knows no path for a link that leaves the tree", () => {
  expect(linkDestination("a/link", "../../b")).toBeUndefined();
});

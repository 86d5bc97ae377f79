import { expect, test } from "vitest";
import { entrySegments, staysInside } from "../../../src/provider-kit/folder/entry-rule.js";

test("a name of segments is taken on every system", () => {
  for (const platform of ["linux", "darwin", "win32"] as const) {
    expect(entrySegments("region/r.0.0.mca", platform)).toEqual(["region", "r.0.0.mca"]);
  }
});

test.each(["", "/etc/passwd", "a//b", "./a", "a/../../b", "a\0b"])(
  "%j, which leads out of the folder or nowhere, is BAD_RESPONSE on every system",
  (name) => {
    for (const platform of ["linux", "win32"] as const) {
      expect(() => entrySegments(name, platform)).toThrow(
        expect.objectContaining({ code: "BAD_RESPONSE" }),
      );
    }
  },
);

test.each(["..\\evil", "C:evil", "nul.txt", "a/CON", "save.", "game~1", "file:stream", "a b "])(
  "%j, which Windows reads as something else, can't be copied there, and can on Linux",
  (name) => {
    expect(() => entrySegments(name, "win32")).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", field: "path" }),
    );
    expect(entrySegments(name, "linux")).toEqual(name.split("/"));
  },
);

test.each(["..\\evil", "C:\\Windows", "C:evil", "\\\\server\\share", "file:stream"])(
  "a link to %j stays inside on Linux, where it is a name, and not on Windows",
  (target) => {
    expect(staysInside(target, 0, "linux")).toBe(true);
    expect(staysInside(target, 0, "win32")).toBe(false);
  },
);

test("a link may lead up as many folders as are above it, and no further, on every system", () => {
  for (const platform of ["linux", "win32"] as const) {
    expect(staysInside("../level.dat", 1, platform)).toBe(true);
    expect(staysInside("../../level.dat", 1, platform)).toBe(false);
    expect(staysInside("/etc/passwd", 1, platform)).toBe(false);
  }
});

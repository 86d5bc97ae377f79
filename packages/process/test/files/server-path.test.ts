import { expect, test } from "vitest";
import { parseServerPath } from "../../src/files/server-file.js";

const invalid = expect.objectContaining({ code: "INVALID_ARGUMENT", field: "path" });

test("a path inside the server is taken apart on every system", () => {
  for (const platform of ["linux", "win32"] as const) {
    expect(parseServerPath("/world//region/./r.0.0.mca", platform)).toEqual([
      ...["world", "region", "r.0.0.mca"],
    ]);
    expect(parseServerPath("/", platform)).toEqual([]);
    expect(() => parseServerPath("/a/../b", platform)).toThrow(invalid);
    expect(() => parseServerPath("a", platform)).toThrow(invalid);
  }
});

test.each(["/..\\evil", "/C:/Windows", "/C:evil", "/a:stream", "/a\\b"])(
  "%j, which leads elsewhere on Windows, is refused there and is a name on Linux",
  (path) => {
    expect(() => parseServerPath(path, "win32")).toThrow(invalid);
    expect(parseServerPath(path, "linux")).toEqual(path.slice(1).split("/"));
  },
);

// They went through once: what was copied to /nul was gone, and /save. was written as /save.
test.each(["/nul", "/logs/CON.txt", "/save.", "/save ", "/GAME~1"])(
  "%j, which is a device or another name on Windows, is refused there",
  (path) => {
    expect(() => parseServerPath(path, "win32")).toThrow(invalid);
    expect(parseServerPath(path, "linux")).toEqual(path.slice(1).split("/"));
  },
);

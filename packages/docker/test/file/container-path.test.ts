import { expect, test } from "vitest";
import { containerFile } from "../../src/file/container-path.js";

test("a path is taken apart into its folder and its name", () => {
  expect(containerFile("/data/world/level.dat")).toMatchObject({
    folder: "/data/world",
    name: "level.dat",
  });
  expect(containerFile("/motd")).toMatchObject({ folder: "/", name: "motd" });
});

test.each(["", "data", "/", "/data/", "/a//b", "/a/./b", "/a/../b", "/..", "/a\0b"])(
  "%j is INVALID_ARGUMENT",
  (path) => {
    expect(() => containerFile(path)).toThrow(
      expect.objectContaining({ code: "INVALID_ARGUMENT", field: "path" }),
    );
  },
);

import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { findProgramFile } from "../src/find-program-file.js";

test.each(["hdiff-worker.js", "hdiff-match.wasm", "hdiff-lzma2.wasm", "bsdiff-child.js"])(
  "%s is built",
  (name) => {
    expect(existsSync(findProgramFile(name))).toBe(true);
  },
);

test("a program that a bundler left behind is ENGINE_UNAVAILABLE, with what to do", () => {
  expect(() => findProgramFile("left-behind.wasm")).toThrow(
    expect.objectContaining({
      code: "ENGINE_UNAVAILABLE",
      message: expect.stringMatching(/left-behind\.wasm is missing: copy it .* bundle.*"tool"/),
    }),
  );
});

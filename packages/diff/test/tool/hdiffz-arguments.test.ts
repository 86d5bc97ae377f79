import type { PatchError } from "@potassium/core-types";
import { expect, test } from "vitest";
import { type HdiffzOptions, hdiffzArguments } from "../../src/tool/hdiffz-arguments.js";

test.each<[HdiffzOptions, string]>([
  [{}, "-m-6 -c-zlib -p-1 -d"],
  [{ compress: "none", threads: 4 }, "-m-6 -p-4 -d"],
  [{ mode: "stream" }, "-s-64 -c-zlib -p-1 -d"],
  [{ mode: "stream", blockBytes: 4096 }, "-s-4096 -c-zlib -p-1 -d"],
  [{ format: "hdiffsf20", compress: "zstd", level: 0 }, "-m-6 -SD -c-zstd-0 -p-1 -d"],
  [{ format: "bsdiff40", level: 9 }, "-m-6 -BSD -c-bz2-9 -p-1 -d"],
])("%j is %s", (options, text) => {
  expect(hdiffzArguments(options).join(" ")).toBe(text);
});

test.each<[object, string]>([
  [{ format: "hdiff19" }, "format"],
  [{ format: "toString" }, "format"],
  [{ compress: "lz4" }, "compress"],
  [{ format: "bsdiff40", compress: "zlib" }, "compress"],
  [{ compress: "zlib", level: 0 }, "level"],
  [{ compress: "zstd", level: 23 }, "level"],
  [{ compress: "lzma", level: 1.5 }, "level"],
  [{ compress: "none", level: 1 }, "level"],
  [{ mode: "fast" }, "mode"],
  [{ blockBytes: 64 }, "blockBytes"],
  [{ mode: "stream", blockBytes: 3 }, "blockBytes"],
  [{ threads: 0 }, "threads"],
  [{ threads: "1 -f" }, "threads"],
])("%j is INVALID_ARGUMENT and the field named", (options, field) => {
  let error: unknown;
  try {
    hdiffzArguments(options as HdiffzOptions);
  } catch (thrown) {
    error = thrown;
  }
  expect((error as PatchError).code).toBe("INVALID_ARGUMENT");
  expect((error as PatchError).field).toBe(field);
});

test("a level that is a text is shown in its quotes, without which it looks right", () => {
  const level = "9" as unknown as number;
  expect(() => hdiffzArguments({ level })).toThrow(/from 1 to 9, not "9"/);
});

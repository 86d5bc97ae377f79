import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";

test("the README explains every error code, and no other", async () => {
  const source = await readFile(new URL("../../src/error/error-code.ts", import.meta.url), "utf8");
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const codes = Array.from(source.matchAll(/\| "(\w+)"/g), ([, code]) => code);
  const rows = readme.slice(readme.indexOf("## Errors by code")).matchAll(/^\| `(\w+)`/gm);
  expect(codes.length).toBeGreaterThan(20);
  expect(Array.from(rows, ([, code]) => code).sort()).toEqual(codes.sort());
});

import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const sources = fileURLToPath(new URL("../../src/", import.meta.url));
const files = readdirSync(sources, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .map((name) => ({
    name: name.replaceAll("\\", "/"),
    text: readFileSync(sources + name, "utf8"),
  }));

test("bsdiff-node is imported by no file: its path is found, and the child process loads it", () => {
  const importing = /(from|import|require)\s*\(?\s*["'`]bsdiff-node/;
  expect(files.filter(({ text }) => importing.test(text))).toEqual([]);
  const loading = /createRequire\([^)]*\)\(/;
  expect(files.filter(({ text }) => loading.test(text)).map(({ name }) => name)).toEqual([
    "generate/bsdiff-child.ts",
  ]);
});

test("bsdiff-node's patch(), which corrupts memory on a hostile patch, is not even declared", () => {
  const calling = /\.\s*patch(Sync)?\s*\(|\[\s*["'`]patch(Sync)?["'`]\s*\]/;
  expect(files.filter(({ text }) => calling.test(text)).map(({ name }) => name)).toEqual([]);
  const child = files.find(({ name }) => name === "generate/bsdiff-child.ts");
  expect(child?.text).toMatch(/library\.diff\(/);
  expect(child?.text).not.toMatch(/library\.(?!diff\()|\bpatch(Sync)?\s*\(/);
});

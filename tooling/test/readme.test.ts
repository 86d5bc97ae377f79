import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { documents } from "../readme/documents.ts";
import { countBlocks, regionOf, snippetsOf } from "../readme/snippet.ts";
import { root } from "../scripts/pnpm.mjs";

test.each(documents)(
  "every code block of %s is taken from an example that is type-checked and run",
  (readme) => {
    const markdown = readFileSync(`${root}${readme}`, "utf8");
    const snippets = snippetsOf(markdown);
    expect(snippets.length, "blocks marked with <!-- from FILE#REGION -->").toBe(
      countBlocks(markdown),
    );
    for (const { file, region, code } of snippets) {
      expect(existsSync(`${root}${file}`), file).toBe(true);
      expect(code, `${file}#${region}`).toBe(
        regionOf(readFileSync(`${root}${file}`, "utf8"), region),
      );
    }
  },
);

test("links in the pages lead to files that are there", () => {
  for (const readme of documents) {
    const folder = readme.replace(/[^/]*$/, "");
    const markdown = readFileSync(`${root}${readme}`, "utf8");
    const links = /(?:\]\(|src(?:set)?=")(?!https?:|#)([^)"#\s]+)/g;
    for (const [, target = ""] of markdown.matchAll(links)) {
      expect(existsSync(`${root}${folder}${target}`), `${readme}: ${target}`).toBe(true);
    }
  }
});

test("the README of every folder is among the pages", () => {
  // That of the examples once was not.
  const folders = readdirSync(root).flatMap((name) =>
    existsSync(`${root}${name}/README.md`) ? [`${name}/README.md`] : [],
  );
  expect(folders).toContain("examples/README.md");
  expect(documents).toEqual(expect.arrayContaining(folders));
});

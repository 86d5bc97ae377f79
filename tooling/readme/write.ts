// `npm run readme`: writes the marked code blocks of the pages anew from the examples.
import { readFileSync, writeFileSync } from "node:fs";
import { root } from "../scripts/pnpm.mjs";
import { documents } from "./documents.ts";
import { regionOf, snippetsOf } from "./snippet.ts";

for (const readme of documents) {
  let markdown = readFileSync(`${root}${readme}`, "utf8");
  for (const { file, region, code } of snippetsOf(markdown)) {
    const wanted = regionOf(readFileSync(`${root}${file}`, "utf8"), region);
    if (wanted === undefined) throw new Error(`${readme}: ${file} has no region ${region}`);
    const head = `<!-- from ${file}#${region} -->\n\`\`\`ts\n`;
    markdown = markdown.replace(`${head}${code}\`\`\``, () => `${head}${wanted}\`\`\``);
  }
  writeFileSync(`${root}${readme}`, markdown);
}

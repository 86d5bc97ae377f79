// `npm run readme`: writes the marked code blocks of the READMEs anew from the examples.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { root } from "../scripts/pnpm.mjs";
import { regionOf, snippetsOf } from "./snippet.ts";

const readmes = [
  "README.md",
  ...readdirSync(`${root}packages`).map((name) => `packages/${name}/README.md`),
];
for (const readme of readmes) {
  let markdown = readFileSync(`${root}${readme}`, "utf8");
  for (const { file, region, code } of snippetsOf(markdown)) {
    const wanted = regionOf(readFileSync(`${root}${file}`, "utf8"), region);
    if (wanted === undefined) throw new Error(`${readme}: ${file} has no region ${region}`);
    const head = `<!-- from ${file}#${region} -->\n\`\`\`ts\n`;
    markdown = markdown.replace(`${head}${code}\`\`\``, () => `${head}${wanted}\`\`\``);
  }
  writeFileSync(`${root}${readme}`, markdown);
}

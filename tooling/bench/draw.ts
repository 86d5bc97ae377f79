// `npm run draw`: draws the pictures of all suites that are in bench-results anew, without measuring.
import { readdir, readFile } from "node:fs/promises";
import { root } from "../scripts/pnpm.mjs";
import { writePicture } from "./report.ts";

for (const file of await readdir(`${root}bench-results`)) {
  const suite = file.replace(".json", "");
  const json = await readFile(`${root}bench-results/${file}`, "utf8");
  await writePicture(suite, JSON.parse(json));
  console.log(`docs/bench/${suite}.svg`);
}

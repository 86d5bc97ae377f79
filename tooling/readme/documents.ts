import { existsSync, readdirSync } from "node:fs";
import { root } from "../scripts/pnpm.mjs";

const files = (folder: string, name: string) =>
  readdirSync(`${root}${folder}`)
    .map((entry) => `${folder}/${entry}/${name}`)
    .filter((file) => existsSync(root + file));

/** The pages whose code blocks are taken from files that are run. */
export const documents: readonly string[] = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  ...readdirSync(`${root}docs`)
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
  ...files("packages", "README.md"),
  "examples/README.md",
];

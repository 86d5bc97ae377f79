import { existsSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const folders = [
  ...readdirSync(`${root}packages`).map((name) => `packages/${name}`),
  "examples",
  "tooling",
];

export default defineConfig({
  test: {
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // More than there are cores: most tests wait for an engine, a disk or a timer.
    maxWorkers: "150%",
    // On a busy machine an engine is late now and then. What passes only the second time is told at the end.
    retry: process.env["CI"] === undefined ? 0 : 1,
    reporters: ["default", `${root}tooling/vitest/count-reporter.mjs`],
    projects: folders
      .filter((folder) => existsSync(`${root}${folder}/test`))
      .map((folder) => ({
        extends: true as const,
        root: `${root}${folder}`,
        test: { name: folder.replace("packages/", ""), include: ["test/**/*.test.ts"] },
      })),
  },
});

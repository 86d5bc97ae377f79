import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { groups } from "../src/command/groups.js";
import { runScript } from "./support/run-script.js";
import { temporaryFolder } from "./support/temporary-folder.js";

const folder = await temporaryFolder();
const readme = await readFile(new URL("../README.md", import.meta.url), "utf8");

test.runIf(process.platform !== "win32")(
  "the README's examples run, one after another",
  async () => {
    const blocks = [...readme.matchAll(/<!-- run -->\n```sh\n([\s\S]*?)```/g)].map(
      ([, text]) => text,
    );
    expect(blocks.length).toBeGreaterThan(2);
    for (const version of ["1.0.0", "1.1.0"]) {
      await mkdir(join(folder, version));
      const blocks = Array.from({ length: 1000 }, (_, index) =>
        createHash("sha256").update(`${index}`).digest(),
      );
      await writeFile(join(folder, version, "game.pak"), [...blocks, version]);
    }
    const { code, stdout, stderr } = await runScript(folder, blocks.join("\n"));
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("\n1.1.0 is installed in place of 1.0.0: ");
    expect(stdout).toContain("\nthe game is 1.0.0\n");
  },
);

test("the README's table has every verb", () => {
  const named = [...readme.matchAll(/^\| `([a-z ]+)` +\|/gm)].map(([, name]) => name);
  for (const entry of groups) {
    const verbs = "run" in entry ? [entry] : entry.verbs;
    for (const verb of verbs.filter(({ hidden }) => hidden !== true)) {
      const path = "run" in entry ? verb.name : `${entry.name} ${verb.name}`;
      expect(named).toContain(path);
      for (const below of verb.verbs ?? []) expect(named).toContain(`${path} ${below.name}`);
    }
  }
});

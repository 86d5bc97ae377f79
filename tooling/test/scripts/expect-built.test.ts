import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { root } from "../../scripts/pnpm.mjs";
import { runQuietly } from "../../scripts/run.mjs";

test("regression: a package that is not built is not packed, since its tarball would have no program", async () => {
  const folder = await mkdtemp(join(tmpdir(), "potassium-built-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const expectBuilt = () =>
    runQuietly(process.execPath, [join(root, "tooling/scripts/expect-built.mjs")], { cwd: folder });
  const description = {
    name: "@potassium/example",
    bin: { example: "./dist/bin.js" },
    exports: { ".": { types: "./dist/index.d.ts", default: "./dist/index.js" } },
  };
  await writeFile(join(folder, "package.json"), JSON.stringify(description));
  const refused = await expectBuilt();
  expect(refused.code).toBe(1);
  expect(refused.output).toContain(
    "@potassium/example is not built: there is no ./dist/index.d.ts",
  );
  await mkdir(join(folder, "dist"));
  for (const file of ["bin.js", "index.js", "index.d.ts"]) {
    await writeFile(join(folder, "dist", file), "");
  }
  expect(await expectBuilt()).toEqual({ code: 0, output: "" });
});

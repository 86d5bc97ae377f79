import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { root } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";

/** How many names each entry point gives to `import` and to `require()`, run by Node in a project's folder. */
export async function loadEntries(
  folder: string,
  entries: readonly string[],
): Promise<readonly { entry: string; imported: number; required: number }[]> {
  const program = `import { createRequire } from "node:module";
    const require = createRequire(import.meta.url);
    const loaded = [];
    for (const entry of ${JSON.stringify(entries)}) {
      const imported = Object.keys(await import(entry)).length;
      loaded.push({ entry, imported, required: Object.keys(require(entry)).length });
    }
    console.log("\\n" + JSON.stringify(loaded));`;
  await writeFile(join(folder, "load.mjs"), program);
  const { code, output } = await runQuietly(process.execPath, ["--no-warnings", "load.mjs"], {
    cwd: folder,
  });
  if (code !== 0) throw new Error(output);
  return JSON.parse(output.trim().split("\n").at(-1) ?? "");
}

/** What the compiler finds wrong in a strict program that uses each entry point, and in all declarations behind them. */
export async function typeProblems(folder: string, entries: readonly string[]): Promise<string> {
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const uses = entries.map((_, index) => `console.log(Object.keys(entry${index}));`);
  await writeFile(join(folder, "consumer.ts"), [...imports, ...uses, ""].join("\n"));
  const compilerOptions = {
    ...{ target: "ES2022", lib: ["ES2023", "ESNext.Disposable"], module: "NodeNext" },
    ...{ types: ["node"], typeRoots: [`${root}node_modules/@types`] },
    ...{ strict: true, skipLibCheck: false, noEmit: true },
  };
  const config = { compilerOptions, files: ["consumer.ts"] };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify(config));
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  return (await runQuietly(process.execPath, [compiler, "-p", folder])).output.trim();
}

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

/** Writes a program into a project's folder that uses each entry point. Gives its path. */
export async function writeConsumer(folder: string, entries: readonly string[]): Promise<string> {
  const imports = entries.map((entry, index) => `import * as entry${index} from "${entry}";`);
  const uses = entries.map((_, index) => `console.log(Object.keys(entry${index}));`);
  const file = join(folder, "consumer.ts");
  await writeFile(file, [...imports, ...uses, ""].join("\n"));
  return file;
}

/**
 * What the strict compiler finds wrong in these programs, and in all declarations behind them. Each finds what its own
 * project has.
 */
export async function typeProblems(folder: string, files: readonly string[]): Promise<string> {
  const compilerOptions = {
    ...{ target: "ES2022", lib: ["ES2023", "ESNext.Disposable"], module: "NodeNext" },
    ...{ types: ["node"], typeRoots: [`${root}node_modules/@types`] },
    ...{ strict: true, skipLibCheck: false, noEmit: true },
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  const compiler = `${root}node_modules/typescript/bin/tsc`;
  return (await runQuietly(process.execPath, [compiler, "-p", folder])).output.trim();
}

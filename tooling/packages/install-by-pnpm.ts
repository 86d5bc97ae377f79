import { mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pnpm } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";
import { folderSize } from "./folder-size.ts";
import type { Installation } from "./install.ts";

/**
 * Installs a package with pnpm into a new, empty project. What it needs of `tarballs` (by name) comes from there,
 * all else from the registry.
 */
export async function installByPnpm(
  name: string,
  tarballs: ReadonlyMap<string, string>,
  folder: string,
): Promise<Installation> {
  const files = Object.fromEntries([...tarballs].map(([name, path]) => [name, `file:${path}`]));
  await mkdir(folder, { recursive: true });
  const project = { private: true, type: "module", dependencies: { [name]: files[name] } };
  await writeFile(join(folder, "package.json"), JSON.stringify(project));
  // YAML's newer half is JSON.
  await writeFile(join(folder, "pnpm-workspace.yaml"), JSON.stringify({ overrides: files }));
  const [program, args, options] = pnpm("install", "--prefer-offline");
  const { code, output } = await runQuietly(program, args, { ...options, cwd: folder });
  if (code !== 0) throw new Error(`pnpm could not install ${name}:\n${output}`);
  const store = join(folder, "node_modules", ".pnpm");
  const packages = (await readdir(store))
    .filter((entry) => /.@/.test(entry))
    .map((entry) => entry.replace(/(?<=.)@.*$/, "").replace("+", "/"));
  return { folder, packages, sizeBytes: await folderSize(store) };
}

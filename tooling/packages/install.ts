import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runQuietly } from "../scripts/run.mjs";

export interface Installation {
  readonly folder: string;
  /** Names of the packages that came along, the asked-for ones included. */
  readonly packages: readonly string[];
  readonly sizeBytes: number;
}

/** Installs packages (names or tarballs) with npm into a new, empty project. */
export async function installAlone(
  specs: readonly string[],
  folder: string,
): Promise<Installation> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  const args = ["install", "--no-audit", "--no-fund", "--prefer-offline", ...specs];
  const { code, output } = await runQuietly("npm", args, {
    cwd: folder,
    shell: process.platform === "win32",
  });
  if (code !== 0) throw new Error(`could not install ${specs.join(" ")}:\n${output}`);
  const lock: { packages: Record<string, unknown> } = JSON.parse(
    await readFile(join(folder, "package-lock.json"), "utf8"),
  );
  const packages = Object.keys(lock.packages)
    .filter((path) => path !== "")
    .map((path) => path.replace(/^.*node_modules\//, ""));
  return { folder, packages, sizeBytes: await folderSize(join(folder, "node_modules")) };
}

async function folderSize(folder: string): Promise<number> {
  let size = 0;
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) size += (await stat(join(entry.parentPath, entry.name))).size;
  }
  return size;
}

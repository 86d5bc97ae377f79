import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { runQuietly } from "../scripts/run.mjs";
import { folderSize } from "./folder-size.ts";

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
  const project = { name: "consumer", version: "1.0.0", private: true, type: "module" };
  await writeFile(join(folder, "package.json"), JSON.stringify(project));
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

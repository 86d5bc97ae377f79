import { readdir, readFile } from "node:fs/promises";
import { root } from "../scripts/pnpm.mjs";

/** A package that is published. */
export interface PublicPackage {
  readonly name: string;
  readonly version: string;
  readonly folder: string;
  readonly dependencies: readonly string[];
  /** What can be imported: `@potassium/relay`, `@potassium/relay/server`. */
  readonly entries: readonly string[];
  /** Programs that it brings. */
  readonly programs: readonly string[];
}

interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The published packages of the workspace, by name. */
export async function publicPackages(): Promise<readonly PublicPackage[]> {
  const folders = (await readdir(`${root}packages`)).sort();
  return Promise.all(
    folders.map(async (name) => {
      const folder = `${root}packages/${name}`;
      const json: PackageJson = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
      return {
        name: json.name,
        version: json.version,
        folder,
        dependencies: Object.keys(json.dependencies ?? {}),
        entries: Object.keys(json.exports ?? {})
          .filter((entry) => !entry.endsWith(".json"))
          .map((entry) => json.name + entry.slice(1)),
        programs: Object.keys(json.bin ?? {}),
      };
    }),
  );
}

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { pnpm } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";
import type { PublicPackage } from "./workspace.ts";

/** Packs a package as it is published, into `folder`. Gives the tarball's path. */
export async function pack(target: PublicPackage, folder: string): Promise<string> {
  const before = new Set(await readdir(folder));
  const [program, args, options] = pnpm("pack", "--pack-destination", folder);
  const { code, output } = await runQuietly(program, args, { ...options, cwd: target.folder });
  const made = (await readdir(folder)).find((file) => !before.has(file));
  if (code !== 0 || made === undefined)
    throw new Error(`could not pack ${target.name}:\n${output}`);
  return join(folder, made);
}

import { join } from "node:path";
import { pnpm } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";
import { publicPackages } from "./workspace.ts";

/** Packs all packages as they are published, into `folder`. Gives the tarballs' paths by the packages' names. */
export async function packAll(folder: string): Promise<ReadonlyMap<string, string>> {
  const [program, args, options] = pnpm(
    ...["--filter", "./packages/*", "pack", "--pack-destination", folder],
  );
  const { code, output } = await runQuietly(program, args, options);
  if (code !== 0) throw new Error(`could not pack the packages:\n${output}`);
  const packages = await publicPackages();
  return new Map(
    packages.map(({ name, version }) => {
      const file = `${name.replace("@", "").replace("/", "-")}-${version}.tgz`;
      return [name, join(folder, file)];
    }),
  );
}

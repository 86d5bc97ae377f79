import type { Site } from "./site.js";

/** What lies in a folder, at any depth, and isn't among the paths that go. Links are not followed. */
export async function strangersIn(
  site: Site,
  folder: string,
  going: ReadonlySet<string>,
): Promise<readonly string[]> {
  const strangers: string[] = [];
  for (const name of await site.fs.readdir(`${site.root}/${folder}`)) {
    const path = `${folder}/${name}`;
    if (!going.has(path)) {
      strangers.push(path);
      continue;
    }
    const status = await site.fs.lstat(`${site.root}/${path}`);
    if (status.isDirectory()) strangers.push(...(await strangersIn(site, path, going)));
  }
  return strangers;
}

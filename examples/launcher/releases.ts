import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { collectBytes, parseInput } from "@potassium/core-types";
import {
  folderSource,
  signManifest,
  type Trust,
  type UpdateSource,
  verifySignatures,
} from "@potassium/manifest";
import * as z from "zod/mini";

/** One release of the game. */
const Release = z.readonly(
  z.object({
    version: z.string(),
    /** Grows with every release. */
    sequence: z.int(),
    /** The version that its update is for; left out where there is the whole version alone. */
    from: z.optional(z.string()),
  }),
);
export type Release = z.infer<typeof Release>;

const Releases = z.readonly(z.array(Release));

/** The list of releases, oldest first, is signed by the same keys: so nobody else can name versions. */
const file = "releases.json";
const maxBytes = 1024 ** 2;

/** @throws `BAD_SIGNATURE`, `INVALID_ARGUMENT` (it is no list of releases), and what the source throws */
export async function readReleases(
  source: UpdateSource,
  trust: Trust,
  signal?: AbortSignal,
): Promise<readonly Release[]> {
  const read = async (name: string) =>
    collectBytes((await source.open(name, { signal })).chunks, maxBytes);
  const bytes = await read(file);
  verifySignatures(bytes, await read(`${file}.sig`), trust);
  return parseInput(Releases, JSON.parse(Buffer.from(bytes).toString()), "list of releases");
}

/** Between the two writes launchers find a signature that does not fit, take nothing, and look again later. */
export async function writeReleases(
  site: string,
  releases: readonly Release[],
  privateKey: string,
): Promise<void> {
  const bytes = Buffer.from(`${JSON.stringify(releases, null, 2)}\n`);
  await writeFile(join(site, file), bytes);
  await writeFile(join(site, `${file}.sig`), signManifest(bytes, [privateKey]));
}

/** Those that a build server has published so far. */
export async function publishedReleases(site: string, trust: Trust): Promise<readonly Release[]> {
  return readReleases(folderSource(site), trust);
}

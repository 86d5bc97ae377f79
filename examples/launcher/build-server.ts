import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasErrorCode } from "@potassium/core-types";
import { hdiff } from "@potassium/diff";
import { type BuildReport, buildUpdate, generateKeyPair } from "@potassium/manifest";
import { publishedReleases, writeReleases } from "./releases.js";

/** The folders of a build server. */
export interface BuildServer {
  /** Where the keys are: on no web server, and in no repository. */
  readonly keys: string;
  /** Each version of the game, as a folder of its name. */
  readonly builds: string;
  /** What the web server serves. */
  readonly site: string;
}

/** What launchers insist on. */
export const product = { product: "skywars", channel: "stable" };

/** Once: makes the keys, and gives the public one, which is built into the launcher. */
export async function keygen({ keys }: BuildServer): Promise<string> {
  await mkdir(keys, { recursive: true });
  const { publicKey, privateKey } = generateKeyPair();
  // "wx": keys that are there are not replaced, for no launcher would trust the new ones.
  await writeFile(join(keys, "release-key.pem"), privateKey, { mode: 0o600, flag: "wx" });
  await writeFile(join(keys, "release-key.pub"), publicKey, { flag: "wx" });
  return publicKey;
}

/** For each version: builds the whole of it and the update from the one before, signs both, and publishes them. */
export async function release(
  { keys, builds, site }: BuildServer,
  version: string,
  signal?: AbortSignal,
): Promise<BuildReport> {
  const privateKey = await readFile(join(keys, "release-key.pem"), "utf8");
  const trust = { keys: [await readFile(join(keys, "release-key.pub"), "utf8")] };
  await mkdir(site, { recursive: true });
  const releases = await publishedReleases(site, trust).catch((error) => {
    if (hasErrorCode(error, "NOT_FOUND")) return [];
    throw error;
  });
  const before = releases.at(-1);
  const sequence = (before?.sequence ?? 0) + 1;
  const options = {
    ...product,
    engines: [hdiff],
    toVersion: version,
    sequence,
    sign: [privateKey],
    signal,
  };
  const build = join(builds, version);
  const fullDir = join(site, `full-${version}`);
  const report =
    before === undefined
      ? await buildUpdate(undefined, build, fullDir, options)
      : await buildUpdate(join(builds, before.version), build, join(site, `update-${version}`), {
          ...options,
          fromVersion: before.version,
          fullDir,
        });
  // The list last: what it names is there.
  const added = { version, sequence, ...(before && { from: before.version }) };
  await writeReleases(site, [...releases, added], privateKey);
  return report;
}

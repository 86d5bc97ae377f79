import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { runProgram } from "@potassium/tooling/bench/run-program";

/** Instead of a file: all of a release, as the tar that it was packed as. */
export const wholeTar: unique symbol = Symbol("whole tar");

/** One release of a package. */
export interface NpmRelease {
  readonly name: string;
  readonly version: string;
  /** As the registry tells it: `sha512-` and base64. */
  readonly integrity: string;
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** The path of one file of a release: fetched from the npm registry, unless `cache` has it. */
export async function npmFile(
  release: NpmRelease,
  file: string | typeof wholeTar,
  cache: string,
): Promise<string> {
  const folder = folderOf(release, cache);
  const path = file === wholeTar ? join(folder, "package.tar") : join(folder, "package", file);
  if (existsSync(path)) return path;
  await fetchRelease(release, cache, folder, (tarball, target) =>
    file === wholeTar
      ? unzip(tarball, join(target, "package.tar"))
      : runProgram("tar", ["-xzf", tarball, "-C", target, `package/${file}`]),
  );
  return path;
}

/** The folder with all files of a release: fetched from the npm registry, unless `cache` has it. */
export async function npmFolder(release: NpmRelease, cache: string): Promise<string> {
  const folder = `${folderOf(release, cache)}-whole`;
  const path = join(folder, "package");
  if (existsSync(path)) return path;
  await fetchRelease(release, cache, folder, async (tarball, target) => {
    await mkdir(join(target, "package"));
    // Not every release is packed under the name "package".
    const args = ["-xzf", tarball, "-C", join(target, "package"), "--strip-components=1"];
    await runProgram("tar", args);
  });
  return path;
}

const folderOf = ({ name, version }: NpmRelease, cache: string) =>
  join(cache, `${name.replace("/", "+")}-${version}`);

async function fetchRelease(
  { name, version, integrity }: NpmRelease,
  cache: string,
  folder: string,
  unpack: (tarball: string, target: string) => Promise<void>,
): Promise<void> {
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, "fetch-"));
  try {
    const spec = `${name}@${version}`;
    const options = ["--silent", "--ignore-scripts", "--pack-destination", partial];
    await runProgram(npm, ["pack", spec, ...options]);
    const [tarball] = await readdir(partial);
    assert.ok(tarball !== undefined, `npm pack ${spec} made no file`);
    const digest = createHash("sha512").update(await readFile(join(partial, tarball)));
    assert.equal(`sha512-${digest.digest("base64")}`, integrity, `${spec} is not what was pinned`);
    await unpack(join(partial, tarball), partial);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

async function unzip(path: string, target: string): Promise<void> {
  await pipeline(createReadStream(path), createGunzip(), createWriteStream(target));
}

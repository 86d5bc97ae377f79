import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { createReadStream, createWriteStream, existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { runProgram } from "./run-program.js";

/** Instead of a file: all of a release, as the tar that it was packed as. */
export const wholeTar: unique symbol = Symbol("whole tar");

/** One release of a package, and the file in it that is measured. */
export interface NpmRelease {
  readonly name: string;
  readonly version: string;
  /** As the registry tells it: `sha512-` and base64. */
  readonly integrity: string;
  readonly file: string | typeof wholeTar;
}

const npm = process.platform === "win32" ? "npm.cmd" : "npm";

/** The path of the release's file: fetched from the npm registry, unless `cache` has it. */
export async function npmFile(release: NpmRelease, cache: string): Promise<string> {
  const { name, version, integrity, file } = release;
  const folder = join(cache, `${name.replace("/", "+")}-${version}`);
  const path = file === wholeTar ? join(folder, "package.tar") : join(folder, "package", file);
  if (existsSync(path)) return path;
  await mkdir(cache, { recursive: true });
  const partial = await mkdtemp(join(cache, "fetch-"));
  try {
    const spec = `${name}@${version}`;
    await runProgram(npm, [
      "pack",
      spec,
      "--silent",
      "--ignore-scripts",
      "--pack-destination",
      partial,
    ]);
    const [tarball] = await readdir(partial);
    assert.ok(tarball !== undefined, `npm pack ${spec} made no file`);
    const digest = createHash("sha512").update(await readFile(join(partial, tarball)));
    assert.equal(`sha512-${digest.digest("base64")}`, integrity, `${spec} is not what was pinned`);
    if (file === wholeTar) await unzip(join(partial, tarball), join(partial, "package.tar"));
    else
      await runProgram("tar", ["-xzf", join(partial, tarball), "-C", partial, `package/${file}`]);
    await rm(folder, { recursive: true, force: true });
    await rename(partial, folder);
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
  return path;
}

async function unzip(path: string, target: string): Promise<void> {
  await pipeline(createReadStream(path), createGunzip(), createWriteStream(target));
}

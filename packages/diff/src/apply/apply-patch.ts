import type { ApplyOptions, ApplyResult } from "@potassium/core-types";
import { expectApart } from "../file/check-output.js";
import { fileProblem } from "../file/file-problem.js";
import type { FileSystem } from "../file/file-system.js";
import { namingPatch } from "../file/naming-patch.js";
import { NewFile } from "../file/new-file.js";
import { parsePath } from "../file/parse-path.js";
import { replaceFile } from "../file/replace-file.js";
import { readPatchHeader } from "../format/patch-header.js";
import { expectFamily, type PatchFamily } from "../patch-family.js";
import { FileSource } from "../source/file-source.js";
import { expectDigest, expectNewSize, hashOld } from "./expected.js";
import { makeNew } from "./make-new.js";
import { OldReader } from "./old-reader.js";
import { type Expectations, parseExpectations } from "./parse-expectations.js";

export interface ApplySettings {
  readonly fs: FileSystem;
  /** Which patches are read. */
  readonly family: PatchFamily;
  readonly maxWindowBytes: number;
}

interface Paths {
  readonly oldPath: string;
  readonly patchPath: string;
  readonly newPath: string;
}

/** {@link PatchEngine.apply} without any program but this one. */
export async function applyPatch(
  paths: Paths,
  settings: ApplySettings,
  options: ApplyOptions,
): Promise<ApplyResult> {
  const { fs } = settings;
  const { signal } = options;
  const { oldPath, patchPath, newPath } = paths;
  parsePath(oldPath, "oldPath");
  parsePath(patchPath, "patchPath");
  parsePath(newPath, "newPath");
  const expectations = parseExpectations(options);
  signal?.throwIfAborted();
  const output = { field: "newPath", path: newPath };
  await expectApart(fs, output, [{ field: "patchPath", path: patchPath }]);
  return await replaceFile(
    fs,
    newPath,
    async (temporaryPath) => {
      // All are closed before the rename: where `newPath` is `oldPath`, Windows asks for it.
      const old = await FileSource.open(fs, oldPath);
      try {
        const patch = await FileSource.open(fs, patchPath);
        try {
          return await namingPatch(patchPath, () => write(old, patch, temporaryPath));
        } finally {
          await patch.close();
        }
      } finally {
        await old.close();
      }
    },
    signal,
  );

  async function write(
    old: FileSource,
    patch: FileSource,
    temporaryPath: string,
  ): Promise<ApplyResult> {
    const header = await readPatchHeader(patch);
    expectFamily(header.format, settings.family);
    expectNewSize(header.newBytes, expectations.maxNewBytes);
    const reader = new OldReader(old);
    const limits = { ...settings, maxNewBytes: expectations.maxNewBytes };
    try {
      await expectOld(reader, old.name, expectations, options);
      signal?.throwIfAborted();
      await writeNew(fs, temporaryPath, newPath, async (file) => {
        const digest = await makeNew(
          { old: reader, oldName: old.name, patch, header, limits },
          {
            sink: (bytes, position) => file.write(bytes, position),
            phase: "apply",
            hash: expectations.newSha256 !== undefined,
            onProgress: options.onProgress,
            signal,
          },
        );
        if (digest !== undefined) expectDigest(newPath, digest, expectations.newSha256);
      });
      await old.expectUnchanged();
    } finally {
      await reader.close();
    }
    return { newBytes: header.newBytes };
  }
}

async function expectOld(
  reader: OldReader,
  name: string,
  { oldSha256 }: Expectations,
  options: ApplyOptions,
): Promise<void> {
  if (oldSha256 !== undefined) expectDigest(name, await hashOld(reader, options), oldSha256);
}

/**
 * A file that takes another's place takes its mode too: an executable stays one. Until it is whole, nobody else
 * may read it, for nobody else may be allowed to read the other. It runs as no other user: those bits belong to
 * the owner of the file that goes, who need not be the owner of this one.
 */
async function writeNew(
  fs: FileSystem,
  temporaryPath: string,
  newPath: string,
  write: (file: NewFile) => Promise<void>,
): Promise<void> {
  const mode = await modeOf(fs, newPath);
  const file = await NewFile.create(fs, temporaryPath, newPath, mode === undefined ? 0o666 : 0o600);
  try {
    await write(file);
    if (mode !== undefined) await file.chmod(mode);
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
  await file.close();
}

async function modeOf(fs: FileSystem, path: string): Promise<number | undefined> {
  try {
    return (await fs.stat(path)).mode & 0o777;
  } catch (error) {
    const problem = fileProblem(error, "write", path);
    if (problem.code === "NOT_FOUND") return undefined;
    throw problem;
  }
}

import { join } from "node:path";
import { hasErrorCode, type PatchEngine, type PatchErrorCode } from "@potassium/core-types";
import { hashFile } from "../document/hash-file.js";
import { fileFailure } from "../file-failure.js";
import { ManifestError } from "../manifest-error.js";
import type { HashedFile } from "../tree/tree-index.js";
import { expectUnchanged, type TreePlace } from "./read-verified.js";
import type { MadeFile, PassedEngine } from "./shipment.js";

/** Two versions of one file, each in its own tree. */
export interface FilePair {
  readonly oldTree: TreePlace;
  readonly old: HashedFile;
  readonly newTree: TreePlace;
  readonly file: HashedFile;
}

export interface MakePatchOptions {
  readonly engines: readonly PatchEngine[];
  /** A path of its own at each call. */
  readonly scratchPath: () => string;
  /** Called for each engine that has no patch. */
  readonly onPassed: (passed: PassedEngine) => void;
}

export interface MadePatch extends MadeFile {
  readonly algorithm: string;
}

/**
 * Tries all engines and keeps the smallest patch that is smaller than the new file, once it was applied and
 * brought forth that file. An engine that can't take the files, or whose patch proves bad, is passed over.
 *
 * @throws `HASH_MISMATCH` where a file has changed, `IO_ERROR`, and what else an engine throws
 */
export async function makePatch(
  pair: FilePair,
  { engines, scratchPath, onPassed }: MakePatchOptions,
): Promise<MadePatch | undefined> {
  const { fs, signal } = pair.newTree;
  const drafts: Draft[] = [];
  for (const engine of engines) {
    const draft = await generate(pair, engine, scratchPath(), onPassed);
    if (draft !== undefined) drafts.push(draft);
  }
  drafts.sort((a, b) => a.sizeBytes - b.sizeBytes);
  let kept: MadePatch | undefined;
  for (const { engine, made, sizeBytes } of drafts) {
    const wanted = kept === undefined && sizeBytes < pair.file.sizeBytes;
    if (wanted && (await prove(pair, engine, made, scratchPath(), onPassed))) {
      const hash = await hashFile(made, { fs, signal });
      kept = { made, hash, sizeBytes, algorithm: engine.algorithm };
    } else {
      await fs.unlink(made);
    }
  }
  return kept;
}

interface Draft {
  readonly engine: PatchEngine;
  readonly made: string;
  readonly sizeBytes: number;
}

async function generate(
  pair: FilePair,
  engine: PatchEngine,
  made: string,
  onPassed: (passed: PassedEngine) => void,
): Promise<Draft | undefined> {
  const [oldPath, newPath] = pathsOf(pair);
  const { fs, signal } = pair.newTree;
  try {
    await engine.generate(oldPath, newPath, made, { signal });
    return { engine, made, sizeBytes: (await fs.stat(made)).size };
  } catch (error) {
    signal?.throwIfAborted();
    if (!hasErrorCode(error, "TOO_LARGE", "ENGINE_UNAVAILABLE")) throw failure(pair, engine, error);
    onPassed(passed(pair, engine, error.code, error.message));
    return undefined;
  }
}

/** Whether the patch makes the new file of the old one. */
async function prove(
  pair: FilePair,
  engine: PatchEngine,
  made: string,
  proof: string,
  onPassed: (passed: PassedEngine) => void,
): Promise<boolean> {
  const { old, file } = pair;
  const { fs, signal } = pair.newTree;
  const [oldPath] = pathsOf(pair);
  const expected = { oldSha256: old.hash, newSha256: file.hash };
  try {
    await engine.apply(oldPath, made, proof, { signal, expected, maxNewBytes: file.sizeBytes });
    // An engine's word is not taken for it.
    const found = await hashFile(proof, { fs, signal });
    await fs.unlink(proof);
    if (found === file.hash) return true;
    onPassed(passed(pair, engine, "HASH_MISMATCH", "its patch makes another file"));
  } catch (error) {
    signal?.throwIfAborted();
    if (!hasErrorCode(error, ...badPatch)) throw failure(pair, engine, error);
    onPassed(passed(pair, engine, error.code, `its patch is bad: ${error.message}`));
  }
  // It's the engine's fault only if the files are what they were.
  await expectUnchanged(pair.oldTree, old);
  await expectUnchanged(pair.newTree, file);
  return false;
}

const badPatch = [
  "CORRUPT_PATCH",
  "UNSUPPORTED_FORMAT",
  "CODEC_UNAVAILABLE",
  "HASH_MISMATCH",
  "TOO_LARGE",
] as const;

const pathsOf = ({ oldTree, old, newTree, file }: FilePair) =>
  [join(oldTree.root, old.path), join(newTree.root, file.path)] as const;

const passed = ({ file }: FilePair, { algorithm }: PatchEngine, code: string, message: string) =>
  Object.freeze({ path: file.path, algorithm, code, message });

/** Codes of engines that say the same of a build. */
const sameCodes = [
  "INVALID_ARGUMENT",
  "NOT_FOUND",
  "TIMEOUT",
  "IO_ERROR",
] as const satisfies readonly PatchErrorCode[];

function failure({ file }: FilePair, { algorithm }: PatchEngine, error: unknown): unknown {
  if (!hasErrorCode(error, ...sameCodes)) return fileFailure(error, file.path);
  const message = `${algorithm} could make no patch of ${file.path}: ${error.message}`;
  return new ManifestError(error.code, message, { cause: error, path: file.path });
}

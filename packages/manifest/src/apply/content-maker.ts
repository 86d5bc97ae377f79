import type { AbortOptions, PatchEngine } from "@potassium/core-types";
import { unless } from "../fs/file-system-code.js";
import { readHash } from "../fs/read-hash.js";
import { ManifestError } from "../manifest-error.js";
import {
  type MadeContent,
  type Origin,
  type PatchStep,
  partsOf,
  type Recipe,
} from "../plan/recipe.js";
import type { PlannedWrite } from "../plan/update-plan.js";
import { removeTree } from "../transaction/remove-tree.js";
import type { Site } from "../transaction/site.js";
import type { DownloadFolder } from "./download-folder.js";
import type { DownloadParts } from "./download-parts.js";
import { patchFile } from "./patch-file.js";
import type { PauseGate } from "./pause-gate.js";
import { readPieces } from "./read-pieces.js";
import { unpackFile } from "./unpack-file.js";
import { type ProvenContent, writeProven } from "./write-proven.js";

export interface ContentMakerOptions extends AbortOptions {
  /** The tree that copies and old files are taken from. */
  readonly tree: Site;
  readonly folder: DownloadFolder;
  readonly parts: DownloadParts;
  readonly engines: readonly PatchEngine[];
  readonly pause: PauseGate;
  readonly maxUnsizedBytes: number;
}

/** Makes files of new versions by their recipes, fsynced and proven by hash. */
export class ContentMaker {
  constructor(readonly options: ContentMakerOptions) {}

  /**
   * Makes the file of an operation, or takes the one that an earlier try has left.
   *
   * @returns its path in the download folder.
   * @throws `CONFLICT` where an old file has changed, `HASH_MISMATCH`, `CORRUPT_PATCH`, `TOO_LARGE`, `NO_SPACE`,
   *   `ENGINE_UNAVAILABLE`, `IO_ERROR`, and what the source throws
   */
  async make({ path, newHash, newSize, recipe }: PlannedWrite): Promise<string> {
    const { folder, pause, signal } = this.options;
    await pause.passed({ signal });
    const toPath = folder.path(newHash);
    if (await this.#isMade(toPath, newHash)) {
      this.options.parts.skip(path, partsOf(recipe));
      return toPath;
    }
    if (recipe.kind === "whole") {
      await this.options.parts.fetch(path, recipe, toPath);
      return toPath;
    }
    const madePath = folder.scratchPath();
    await this.#makeBy(recipe, madePath, { path, hash: newHash, sizeBytes: newSize });
    await folder.site.fs.rename(madePath, toPath);
    return toPath;
  }

  /** A second file with the same content. */
  async copy(fromPath: string, toPath: string, { path, newHash, newSize }: PlannedWrite) {
    const content = this.#content({ path, hash: newHash, sizeBytes: newSize });
    await writeProven(this.#fs, toPath, this.#pausable(readPieces(this.#fs, fromPath)), content);
  }

  get #fs() {
    return this.options.folder.site.fs;
  }

  async #isMade(toPath: string, hash: string): Promise<boolean> {
    const fs = this.#fs;
    const status = await unless(["ENOENT"], () => fs.lstat(toPath));
    if (status === undefined) return false;
    const own = status.isFile() && status.nlink === 1;
    const { signal } = this.options;
    if (own && (await readHash(fs, toPath, status, signal))?.hash === hash) return true;
    await removeTree(fs, toPath);
    return false;
  }

  #content(content: Pick<ProvenContent, "path" | "hash" | "sizeBytes">): ProvenContent {
    const { maxUnsizedBytes, signal } = this.options;
    return { ...content, maxBytes: content.sizeBytes ?? maxUnsizedBytes, signal };
  }

  async #makeBy(
    recipe: Recipe,
    toPath: string,
    wanted: Pick<ProvenContent, "path" | "hash" | "sizeBytes">,
  ): Promise<void> {
    const content = this.#content(wanted);
    switch (recipe.kind) {
      case "copy":
        return this.#copyInstalled(recipe.from, toPath, content);
      case "whole":
        return this.options.parts.fetch(content.path, recipe, toPath);
      case "packed":
        return this.options.parts.use(content.path, recipe, (packed) =>
          unpackFile(this.#fs, packed, toPath, content),
        );
      case "patch":
        return this.#applyPatches(recipe.base, recipe.steps, toPath, content);
      default:
        recipe satisfies never;
    }
  }

  /** Bytes that are read of the installation are proven as they are written: see {@link writeProven}. */
  async #copyInstalled(from: string, toPath: string, content: ProvenContent): Promise<void> {
    const { tree } = this.options;
    try {
      const pieces = this.#pausable(readPieces(tree.fs, `${tree.root}/${from}`));
      await writeProven(this.#fs, toPath, pieces, content);
    } catch (cause) {
      const isOther = cause instanceof ManifestError && changedCodes.has(cause.code);
      if (!isOther) throw cause;
      const { foundHash } = cause;
      const message = `${from} changed after it was looked at: it isn't the file any more that the update needs`;
      const details = { path: from, foundHash, expectedHash: content.hash, cause };
      throw new ManifestError("CONFLICT", message, details);
    }
  }

  async #applyPatches(
    base: Origin,
    steps: readonly PatchStep[],
    toPath: string,
    content: ProvenContent,
  ): Promise<void> {
    const { folder, tree, pause, signal } = this.options;
    const { path } = content;
    let scratch: string | undefined;
    let old: MadeContent & { readonly place: string };
    if (base.kind === "copy") {
      old = { ...base, place: `${tree.root}/${base.from}` };
    } else {
      scratch = folder.scratchPath();
      await this.#makeBy(base, scratch, { path, hash: base.newHash, sizeBytes: base.newSize });
      old = { ...base, place: scratch };
    }
    for (const [index, step] of steps.entries()) {
      await pause.passed({ signal });
      const place = index === steps.length - 1 ? toPath : folder.scratchPath();
      const { newHash: hash, newSize: sizeBytes } = step;
      await this.#applyPatch(old, step, place, this.#content({ path, hash, sizeBytes }));
      if (scratch !== undefined) await this.#fs.unlink(scratch);
      scratch = place;
      old = { ...step, place };
    }
  }

  async #applyPatch(
    old: MadeContent & { readonly place: string },
    step: PatchStep,
    toPath: string,
    content: ProvenContent,
  ): Promise<void> {
    const { engines, parts } = this.options;
    const engine = engines.find(({ algorithm }) => algorithm === step.algorithm);
    if (engine === undefined) throw new TypeError(`no engine for ${step.algorithm}`);
    await parts.use(content.path, step, (patchPath) =>
      patchFile(this.#fs, {
        ...content,
        engine,
        oldHash: old.newHash,
        oldPath: old.place,
        patchPath,
        toPath,
      }),
    );
  }

  async *#pausable(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    const { pause, signal } = this.options;
    for await (const piece of pieces) {
      yield piece;
      await pause.passed({ signal });
    }
  }
}

const changedCodes: ReadonlySet<string> = new Set(["HASH_MISMATCH", "TOO_LARGE", "UNSAFE_PLACE"]);

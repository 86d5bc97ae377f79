import * as nodeFileSystem from "node:fs/promises";
import { type AbortOptions, optionNames } from "@potassium/core-types";
import { checkOptions } from "./check-options.js";
import type { Codec } from "./codec/section.js";
import type { FileSystem } from "./file/file-system.js";
import { namingPatch } from "./file/naming-patch.js";
import { parseFileSystem } from "./file/parse-file-system.js";
import { parsePath } from "./file/parse-path.js";
import { readPatchHeader } from "./format/patch-header.js";
import type { PatchFormat } from "./format/recognise.js";
import { familyOf, type PatchFamily } from "./patch-family.js";
import { FileSource } from "./source/file-source.js";

export interface InspectOptions extends AbortOptions {
  /** @default node:fs/promises */
  readonly fs?: FileSystem | undefined;
}

const inspectNames = optionNames<InspectOptions>({ fs: true, signal: true });

/** A part of a patch file. */
export interface PatchSection {
  readonly name: string;
  /** Where it starts in the patch file. */
  readonly offset: number;
  /** How many bytes it takes in the patch file. */
  readonly storedBytes: number;
  /** What it expands to. Formats of bsdiff don't tell it. */
  readonly rawBytes?: number;
  readonly codec: Codec;
}

/** What a patch's header tells. Nobody vouches for it: the data behind it was not looked at. */
export interface PatchInfo {
  readonly format: PatchFormat;
  /** The `algorithm` of the engine that reads it. */
  readonly algorithm: PatchFamily;
  /** The type of compression as written: "" for none, "zlib", "pbz2" … */
  readonly codec: string;
  readonly newBytes: number;
  /** Formats of bsdiff don't tell it. */
  readonly oldBytes?: number;
  /** Pieces that are taken from the old file. Formats of bsdiff don't tell it. */
  readonly covers?: number;
  readonly sections: readonly PatchSection[];
}

/**
 * Tells what a patch is, from its header alone.
 *
 * @throws `NOT_FOUND`, `CORRUPT_PATCH` (the header), `UNSUPPORTED_FORMAT`, `IO_ERROR`
 */
export async function inspect(patchPath: string, options: InspectOptions = {}): Promise<PatchInfo> {
  checkOptions(options, inspectNames);
  const { signal } = options;
  const fs = parseFileSystem(options.fs ?? nodeFileSystem);
  parsePath(patchPath, "patchPath");
  signal?.throwIfAborted();
  const patch = await FileSource.open(fs, patchPath);
  try {
    const header = await namingPatch(patchPath, () => readPatchHeader(patch));
    signal?.throwIfAborted();
    const { format, newBytes } = header;
    return Object.freeze({
      format,
      algorithm: familyOf(format),
      codec: "type" in header ? header.type : "bz2",
      newBytes,
      ...("covers" in header ? { oldBytes: header.oldBytes, covers: header.covers } : {}),
      sections: Object.freeze(
        header.sections.map(({ name, offset, storedBytes, rawBytes, codec }) =>
          Object.freeze({
            name,
            offset,
            storedBytes,
            ...(rawBytes === undefined ? {} : { rawBytes }),
            codec,
          }),
        ),
      ),
    });
  } finally {
    await patch.close();
  }
}

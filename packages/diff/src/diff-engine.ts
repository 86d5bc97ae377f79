import type {
  ApplyOptions,
  ApplyResult,
  GenerateResult,
  PatchEngine,
  PatchOptions,
} from "@potassium/core-types";
import type { Effort, WrittenCodec } from "./compress/written-codec.js";
import type { FileSystem } from "./file/file-system.js";
import type { PatchFamily } from "./patch-family.js";
import type { ToolOptions } from "./tool/tool-options.js";

/**
 * Who does the work: this package ("builtin"), the program hdiffz or hpatchz ("tool"), or one of them ("auto").
 * Each engine says which one "auto" is.
 */
export type EngineChoice = "builtin" | "tool" | "auto";

export interface GenerateOptions extends PatchOptions {
  /** @default "auto" */
  readonly engine?: EngineChoice | undefined;
  /**
   * Whether the patch is applied before it is handed over, and what comes out compared with the new
   * file (phase "verify"). @default true
   */
  readonly selfCheck?: boolean | undefined;
  /**
   * What making the patch may take. Where that is not enough, bsdiff is `TOO_LARGE`, and hdiff keeps a smaller index of
   * the old file, for a larger patch. @default what the engine was created with
   */
  readonly maxMemoryBytes?: number | undefined;
}

/** What hdiff's builtin generator takes beside. */
export interface HdiffGenerateOptions extends GenerateOptions {
  /** How much time a smaller patch is worth. @default "balanced" */
  readonly effort?: Effort | undefined;
  /**
   * How the patch is compressed: "lzma2" makes the smallest; "zlib" and "stored" are applied fastest; "zstd" too,
   * and needs Node 22.15 to be written; "auto" is "lzma2", and for the effort "fast" "zlib". @default "auto"
   */
  readonly codec?: WrittenCodec | "auto" | undefined;
  /** How many threads work. The builtin generator's patch does not depend on it. @default as many as run at a time, and fit into `maxMemoryBytes` */
  readonly threads?: number | undefined;
}

export interface DiffApplyOptions extends ApplyOptions {
  /** "auto" is the builtin one, and hpatchz where that lacks a codec. @default "builtin" */
  readonly engine?: EngineChoice | undefined;
}

/** How an engine is made. */
export interface DiffEngineOptions {
  /**
   * For Electron: `require("original-fs").promises`. Programs and bsdiff-node don't go through it, so
   * what they read and write must be on the real disk. @default node:fs/promises
   */
  readonly fs?: FileSystem | undefined;
  /** A patch that needs a larger window to expand, or larger steps, is refused with `TOO_LARGE`. @default 64 MiB */
  readonly maxWindowBytes?: number | undefined;
  /** Where hdiffz and hpatchz are looked up, and which of them may run. */
  readonly tools?: ToolOptions | undefined;
  /** The bound of `generate()`, where a call gives none. */
  readonly maxMemoryBytes?: number | undefined;
}

/** A patch engine of this package: on files, and on bytes for what is small. */
export interface DiffEngine extends PatchEngine {
  readonly algorithm: PatchFamily;

  generate(
    oldPath: string,
    newPath: string,
    patchPath: string,
    options?: GenerateOptions,
  ): Promise<GenerateResult>;

  apply(
    oldPath: string,
    patchPath: string,
    newPath: string,
    options?: DiffApplyOptions,
  ): Promise<ApplyResult>;

  /** As `generate()`, by way of files in the system's folder for temporary files, whatever `fs` is. */
  generateBytes(
    oldBytes: Uint8Array,
    newBytes: Uint8Array,
    options?: GenerateOptions,
  ): Promise<Uint8Array>;

  /** As `apply()`, always by the builtin engine. The bytes must not change until it settles. */
  applyBytes(
    oldBytes: Uint8Array,
    patchBytes: Uint8Array,
    options?: ApplyOptions,
  ): Promise<Uint8Array>;
}

/** {@link DiffEngine} of the HDiffPatch formats. */
export interface HdiffEngine extends DiffEngine {
  generate(
    oldPath: string,
    newPath: string,
    patchPath: string,
    options?: HdiffGenerateOptions,
  ): Promise<GenerateResult>;

  generateBytes(
    oldBytes: Uint8Array,
    newBytes: Uint8Array,
    options?: HdiffGenerateOptions,
  ): Promise<Uint8Array>;
}

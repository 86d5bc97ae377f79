import * as nodeFileSystem from "node:fs/promises";
import { type GenerateResult, hasErrorCode, type PatchErrorCode } from "@potassium/core-types";
import { applyBytes } from "./apply/apply-bytes.js";
import { applyPatch } from "./apply/apply-patch.js";
import type { DiffEngineOptions, HdiffEngine } from "./diff-engine.js";
import {
  applyBytesSettings,
  applySettings,
  type EngineSettings,
  engineSettings,
  type GenerateSettings,
  generateSettings,
} from "./engine-options.js";
import { namingPatch } from "./file/naming-patch.js";
import { parsePath } from "./file/parse-path.js";
import { generateBytes } from "./generate/generate-bytes.js";
import { type GeneratePaths, generateChecked } from "./generate/generate-checked.js";
import { inspect } from "./inspect.js";
import { expectFamily, type PatchFamily } from "./patch-family.js";
import { applyWithTool } from "./tool/apply-with-tool.js";

/** What a generator gets beside the files' paths. */
export interface GeneratorOptions extends EngineSettings, GenerateSettings {
  readonly maxMemoryBytes: number | undefined;
}

/** Writes a patch to `temporaryPath`, which does not exist yet. Where it rejects, a part may be left there. */
export type Generator = (
  paths: Pick<GeneratePaths, "oldPath" | "newPath">,
  temporaryPath: string,
  options: GeneratorOptions,
) => Promise<unknown>;

/** The engine of a family: all of it but the making of patches. */
export function makeEngine(
  family: PatchFamily,
  generator: Generator,
  options: DiffEngineOptions,
): HdiffEngine {
  const settings = engineSettings(options);
  const generate = (paths: GeneratePaths, each: EngineSettings & GenerateSettings) =>
    orAborted(each.signal, () =>
      generateChecked(paths, each, (temporaryPath) => generator(paths, temporaryPath, each)),
    );
  const engine: HdiffEngine = {
    algorithm: family,

    async generate(oldPath, newPath, patchPath, options = {}): Promise<GenerateResult> {
      const each = { ...settings, ...generateSettings(family, options, settings) };
      parsePath(oldPath, "oldPath");
      parsePath(newPath, "newPath");
      parsePath(patchPath, "patchPath");
      return await generate({ oldPath, newPath, patchPath }, each);
    },

    async apply(oldPath, patchPath, newPath, given = {}) {
      const [choice, options] = applySettings(given);
      const paths = { oldPath, patchPath, newPath };
      const builtin = () => applyPatch(paths, { ...settings, family }, options);
      const tool = async () => {
        parsePath(oldPath, "oldPath");
        parsePath(newPath, "newPath");
        const { format } = await inspect(patchPath, { signal: options.signal, fs: settings.fs });
        await namingPatch(patchPath, async () => expectFamily(format, family));
        return await applyWithTool(oldPath, patchPath, newPath, {
          ...options,
          tools: settings.tools,
        });
      };
      return await orAborted(options.signal, () => {
        if (choice === "tool") return tool();
        return choice === "auto" ? orElse(builtin, ["CODEC_UNAVAILABLE"], tool) : builtin();
      });
    },

    async generateBytes(oldBytes, newBytes, options = {}) {
      // The temporary files are on the real disk, whatever the engine's own file system is.
      const real = { ...settings, fs: nodeFileSystem };
      const each = { ...real, ...generateSettings(family, options, settings) };
      return await orAborted(each.signal, () =>
        generateBytes(oldBytes, newBytes, (paths) => generate(paths, each)),
      );
    },

    async applyBytes(oldBytes, patchBytes, given = {}) {
      const options = applyBytesSettings(given);
      return await orAborted(options.signal, () =>
        applyBytes(oldBytes, patchBytes, { ...settings, family }, options),
      );
    },
  };
  return Object.freeze(engine);
}

/** Whatever an abort broke on its way, its reason is what is told. */
async function orAborted<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  signal?.throwIfAborted();
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}

/** Does `second` where `first` says one of `codes`; where `second` can't be had either, what `first` said stands. */
export async function orElse<T>(
  first: () => Promise<T>,
  codes: readonly PatchErrorCode[],
  second: () => Promise<T>,
): Promise<T> {
  try {
    return await first();
  } catch (error) {
    if (!hasErrorCode(error, ...codes)) throw error;
    return await second().catch((other: unknown) => {
      throw hasErrorCode(other, "ENGINE_UNAVAILABLE") ? error : other;
    });
  }
}

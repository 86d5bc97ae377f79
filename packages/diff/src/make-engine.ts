import { hasErrorCode, type PatchOptions } from "@potassium/core-types";
import { applyBytes } from "./apply/apply-bytes.js";
import { applyPatch } from "./apply/apply-patch.js";
import type { DiffEngine, DiffEngineOptions, EngineChoice } from "./diff-engine.js";
import {
  type EngineSettings,
  engineSettings,
  generateSettings,
  parseEngineChoice,
} from "./engine-options.js";
import { parsePath } from "./file/parse-path.js";
import { generateBytes } from "./generate/generate-bytes.js";
import { type GeneratePaths, generateChecked } from "./generate/generate-checked.js";
import { inspect } from "./inspect.js";
import { expectFamily, type PatchFamily } from "./patch-family.js";
import { applyWithTool } from "./tool/apply-with-tool.js";

/** What a generator gets beside the files' paths. */
export interface GeneratorOptions extends PatchOptions, EngineSettings {
  readonly engine: EngineChoice;
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
): DiffEngine {
  const settings = engineSettings(options);
  const engine: DiffEngine = {
    algorithm: family,

    async generate(oldPath, newPath, patchPath, options = {}) {
      const { signal, onProgress } = options;
      parsePath(oldPath, "oldPath");
      parsePath(newPath, "newPath");
      parsePath(patchPath, "patchPath");
      const { engine, selfCheck, maxMemoryBytes } = generateSettings(options, settings);
      const each = { ...settings, maxMemoryBytes, signal, onProgress };
      return await orAborted(signal, () =>
        generateChecked({ oldPath, newPath, patchPath }, { ...each, selfCheck }, (temporaryPath) =>
          generator({ oldPath, newPath }, temporaryPath, { ...each, engine }),
        ),
      );
    },

    async apply(oldPath, patchPath, newPath, options = {}) {
      const choice = parseEngineChoice(options.engine, "builtin");
      const paths = { oldPath, patchPath, newPath };
      const builtin = () => applyPatch(paths, { ...settings, family }, options);
      const tool = async () => {
        parsePath(oldPath, "oldPath");
        parsePath(newPath, "newPath");
        const { format } = await inspect(patchPath, { signal: options.signal, fs: settings.fs });
        expectFamily(format, family);
        return await applyWithTool(oldPath, patchPath, newPath, {
          ...options,
          tools: settings.tools,
        });
      };
      return await orAborted(options.signal, () => {
        if (choice === "tool") return tool();
        return choice === "auto" ? orElse(builtin, "CODEC_UNAVAILABLE", tool) : builtin();
      });
    },

    async generateBytes(oldBytes, newBytes, options = {}) {
      return await orAborted(options.signal, () =>
        generateBytes(oldBytes, newBytes, (paths) =>
          engine.generate(paths.oldPath, paths.newPath, paths.patchPath, options),
        ),
      );
    },

    async applyBytes(oldBytes, patchBytes, options = {}) {
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

/** Does `second` where `first` says `code`; where `second` can't be had either, what `first` said stands. */
export async function orElse<T>(
  first: () => Promise<T>,
  code: "CODEC_UNAVAILABLE" | "ENGINE_UNAVAILABLE" | "TOO_LARGE",
  second: () => Promise<T>,
): Promise<T> {
  try {
    return await first();
  } catch (error) {
    if (!hasErrorCode(error, code)) throw error;
    return await second().catch((other: unknown) => {
      throw hasErrorCode(other, "ENGINE_UNAVAILABLE") ? error : other;
    });
  }
}

import { randomUUID } from "node:crypto";
import { type FileHandle, open, rename, truncate, writeFile } from "node:fs/promises";
import type {
  ApplyOptions,
  ApplyResult,
  GenerateResult,
  PatchOptions,
  PatchProgress,
} from "../../../src/index.js";
import { StoreEngine } from "./store-engine.js";
import { headerBytes, type StoreHeader } from "./store-format.js";

/** Each breaks one promise; the tests that must notice it stand beside it. */
export const brokenEngines: readonly {
  readonly fault: string;
  readonly create: () => StoreEngine;
  readonly noticedBy: readonly string[];
}[] = [
  {
    fault: "the last byte is lost",
    create: () =>
      new (class extends StoreEngine {
        override async apply(...call: Parameters<StoreEngine["apply"]>): Promise<ApplyResult> {
          const result = await super.apply(...call);
          if (result.newBytes > 0) await truncate(call[2], result.newBytes - 1);
          return result;
        }
      })(),
    noticedBy: [
      "a patch brings forth an edited text, at each size",
      "a patch brings forth a file whose halves change places, at each size",
      "apply() takes the old file's path for the new one",
    ],
  },
  {
    fault: "the sizes that are answered are wrong",
    create: () =>
      new (class extends StoreEngine {
        override async generate(
          ...call: Parameters<StoreEngine["generate"]>
        ): Promise<GenerateResult> {
          const { patchBytes } = await super.generate(...call);
          return { patchBytes: patchBytes - headerBytes };
        }
      })(),
    noticedBy: ["a patch brings forth zeros alone, at each size"],
  },
  {
    fault: "temporary files are left after an error",
    create: () =>
      new (class extends StoreEngine {
        protected override async discard(): Promise<void> {}
      })(),
    noticedBy: [
      "a patch with a changed bit never brings forth a wrong file",
      "another new file than expected is HASH_MISMATCH",
      "apply() that is aborted right after the call rejects with the reason and leaves nothing",
      "generate() that is aborted at its first sign of progress rejects with the reason and leaves nothing",
      "an output whose path is an empty folder is refused",
      "what onProgress throws ends the work, and leaves nothing",
    ],
  },
  {
    fault: "output is written in place",
    create: () =>
      new (class extends StoreEngine {
        protected override async withOutput<T>(
          target: string,
          _: PatchOptions,
          write: (output: FileHandle) => Promise<T>,
        ): Promise<T> {
          const output = await open(target, "w");
          return write(output).finally(() => output.close());
        }
      })(),
    noticedBy: [
      "another new file than expected is HASH_MISMATCH",
      "apply() that is aborted at any sign of progress leaves all of its output or none",
      "generate() that is aborted at any sign of progress leaves all of its output or none",
    ],
  },
  {
    fault: "the temporary file's name is the target's with a suffix",
    create: () =>
      new (class extends StoreEngine {
        protected override temporaryPathFor(target: string): string {
          return `${target}.${randomUUID()}`;
        }
      })(),
    noticedBy: ["files with 255 characters in their names work"],
  },
  {
    fault: "every call uses one temporary file",
    create: () =>
      new (class extends StoreEngine {
        protected override temporaryPathFor(target: string): string {
          return `${target}.t`;
        }
      })(),
    noticedBy: ["calls at once with one output leave a whole one"],
  },
  {
    fault: "a backup of the old output is left",
    create: () =>
      new (class extends StoreEngine {
        override async apply(...call: Parameters<StoreEngine["apply"]>): Promise<ApplyResult> {
          await rename(call[2], `${call[2]}.bak`).catch(() => {});
          return super.apply(...call);
        }
      })(),
    noticedBy: [
      "generate() and apply() replace what stands at their output's path",
      "a missing input file leaves the output as it was",
    ],
  },
  {
    fault: "the old file is written to",
    create: () =>
      new (class extends StoreEngine {
        override async generate(
          ...call: Parameters<StoreEngine["generate"]>
        ): Promise<GenerateResult> {
          const result = await super.generate(...call);
          await writeFile(call[0], "", { flag: "a" }).then(() => truncate(call[0]));
          return result;
        }
      })(),
    noticedBy: ["generate() and apply() only read their input files"],
  },
  {
    fault: "the signal is not looked at",
    create: () =>
      new (class extends StoreEngine {
        protected override checkAbort(): void {}
      })(),
    noticedBy: [
      "apply() with an aborted signal rejects with its reason and touches nothing",
      "generate() looks at the signal before the files",
      "generate() that is aborted right after the call rejects with the reason and leaves nothing",
      "one call's abort doesn't disturb another",
    ],
  },
  {
    fault: "an abort rejects with an error of its own",
    create: () =>
      new (class extends StoreEngine {
        protected override checkAbort({ signal }: PatchOptions): void {
          if (signal?.aborted) throw new Error("aborted");
        }
      })(),
    noticedBy: [
      "apply() with an aborted signal rejects with its reason and touches nothing",
      "apply() that is aborted at any sign of progress leaves all of its output or none",
    ],
  },
  {
    fault: "the old file is not compared with what is expected",
    create: () =>
      new (class extends StoreEngine {
        protected override checkOld(): void {}
      })(),
    noticedBy: ["another old file than expected is HASH_MISMATCH"],
  },
  {
    fault: "the new file is not looked at",
    create: () =>
      new (class extends StoreEngine {
        protected override checkNew(): void {}
      })(),
    noticedBy: [
      "another new file than expected is HASH_MISMATCH",
      "a patch with a changed bit never brings forth a wrong file",
    ],
  },
  {
    fault: "the size is not limited",
    create: () =>
      new (class extends StoreEngine {
        protected override checkSize(): void {}
      })(),
    noticedBy: ["a result above maxNewBytes is TOO_LARGE, one of that size goes through"],
  },
  {
    fault: "a result of just maxNewBytes is refused",
    create: () =>
      new (class extends StoreEngine {
        override apply(oldPath: string, patch: string, newPath: string, options: ApplyOptions) {
          const { maxNewBytes } = options ?? {};
          const less = maxNewBytes === undefined ? {} : { maxNewBytes: maxNewBytes - 1 };
          return super.apply(oldPath, patch, newPath, { ...options, ...less });
        }
      })(),
    noticedBy: [
      "a result above maxNewBytes is TOO_LARGE, one of that size goes through",
      "an empty result goes through with maxNewBytes 0",
    ],
  },
  {
    fault: "a patch without a header is taken as an empty one",
    create: () =>
      new (class extends StoreEngine {
        protected override async readHeader(
          ...call: Parameters<StoreEngine["readHeader"]>
        ): Promise<StoreHeader> {
          const [, , patchBytes] = call;
          if (patchBytes > 0) return super.readHeader(...call);
          return { newBytes: 0, digest: Buffer.alloc(32) };
        }
        protected override checkNew(...call: Parameters<StoreEngine["checkNew"]>): void {
          if (call[1].newBytes > 0) super.checkNew(...call);
        }
      })(),
    noticedBy: [
      "a patch that is an empty file is refused, and the output left alone",
      "a patch that was cut anywhere is refused",
    ],
  },
  {
    fault: "errors of the file system come out bare",
    create: () =>
      new (class extends StoreEngine {
        override async apply(...call: Parameters<StoreEngine["apply"]>): Promise<ApplyResult> {
          await open(call[0]).then((file) => file.close());
          return super.apply(...call);
        }
      })(),
    noticedBy: ["a missing input file is NOT_FOUND, and the message names it"],
  },
  {
    fault: "progress goes over its total",
    create: () =>
      new (class extends StoreEngine {
        protected override report(progress: PatchProgress, options: PatchOptions): void {
          super.report({ ...progress, doneBytes: progress.doneBytes + 1 }, options);
        }
      })(),
    noticedBy: ["progress rises within each phase, up to its total"],
  },
  {
    fault: "progress goes back",
    create: () =>
      new (class extends StoreEngine {
        protected override report(progress: PatchProgress, options: PatchOptions): void {
          super.report(progress, options);
          super.report({ ...progress, doneBytes: 0 }, options);
          super.report(progress, options);
        }
      })(),
    noticedBy: ["progress rises within each phase, up to its total"],
  },
  {
    fault: "progress is never reported",
    create: () =>
      new (class extends StoreEngine {
        protected override report(): void {}
      })(),
    noticedBy: [
      "progress rises within each phase, up to its total",
      "progress is reported for empty files too",
      "apply() that is aborted at its first sign of progress rejects with the reason and leaves nothing",
    ],
  },
  {
    fault: "what onProgress throws is swallowed",
    create: () =>
      new (class extends StoreEngine {
        protected override report(progress: PatchProgress, options: PatchOptions): void {
          try {
            super.report(progress, options);
          } catch {}
        }
      })(),
    noticedBy: ["what onProgress throws ends the work, and leaves nothing"],
  },
];

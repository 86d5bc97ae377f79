import type { PatchEngine } from "../../update/patch-engine.js";
import type { Awaitable } from "../../wait/awaitable.js";
import type { TestFunction } from "../test-runner.js";
import { WorkFolder } from "./work-folder.js";

export interface PatchEngineSuiteOptions {
  /** Registers one test: `test` of vitest or node:test. */
  readonly test: TestFunction;
  /** Makes an engine. Each test asks for its own, and disposes it where it can be. */
  readonly create: () => Awaitable<PatchEngine | (PatchEngine & AsyncDisposable)>;
  /** Size of the files that work is stopped in the middle of. @default 2 MiB */
  readonly largeBytes?: number | undefined;
}

/** What the parts of the suite share. */
export interface PatchEngineSuite {
  /** Registers a test that gets an engine and an empty folder, which is removed at its end. */
  readonly check: (
    name: string,
    body: (engine: PatchEngine, folder: WorkFolder) => Promise<void>,
  ) => void;
  readonly largeBytes: number;
}

export function createSuite(options: PatchEngineSuiteOptions): PatchEngineSuite {
  const { test, create, largeBytes = 2 * 1024 ** 2 } = options;
  return {
    largeBytes,
    check(name, body) {
      test(name, async () => {
        const folder = await WorkFolder.make();
        try {
          const engine = await create();
          try {
            await body(engine, folder);
          } finally {
            if (Symbol.asyncDispose in engine) await engine[Symbol.asyncDispose]();
          }
        } finally {
          await folder.remove();
        }
      });
    },
  };
}

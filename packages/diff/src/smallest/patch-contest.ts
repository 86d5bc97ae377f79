import { randomUUID } from "node:crypto";
import { dirname, join } from "node:path";
import { PatchError } from "@potassium/core-types";
import { createBsdiff } from "../bsdiff.js";
import { unlinkFile } from "../file/put-in-place.js";
import { createHdiff } from "../hdiff.js";
import type { PatchFamily } from "../patch-family.js";
import { type Attempt, tinyPatchBytes } from "./attempts.js";
import type { SmallestSettings, TriedAttempt } from "./smallest-options.js";

export interface ContestPaths {
  readonly oldPath: string;
  readonly newPath: string;
  readonly patchPath: string;
}

/** A patch that no other one was smaller than so far, in a temporary file. */
export interface BestPatch {
  readonly path: string;
  readonly algorithm: PatchFamily;
  readonly patchBytes: number;
}

/** Makes patches beside the place of the one that is wanted, keeps the smallest, and removes them at the end. */
export class PatchContest implements AsyncDisposable {
  readonly tried: TriedAttempt[] = [];
  best: BestPatch | undefined;
  readonly #paths: ContestPaths;
  readonly #settings: SmallestSettings;
  readonly #start = performance.now();
  /** How long an attempt of relative time 1 takes, once one was made. */
  #unitMs: number | undefined;

  constructor(paths: ContestPaths, settings: SmallestSettings) {
    this.#paths = paths;
    this.#settings = settings;
  }

  /** @throws what an engine throws, but for what makes an attempt impossible; the signal's reason */
  async enter(attempt: Attempt): Promise<void> {
    const { relativeTime, ...told } = attempt;
    const isTiny = attempt.codec === "zlib" && attempt.effort === "smallest";
    if (isTiny && (this.best?.patchBytes ?? 0) > tinyPatchBytes) return;
    const leftMs = this.#settings.maxTimeMs - (performance.now() - this.#start);
    if ((this.#unitMs ?? 0) * relativeTime > leftMs || leftMs <= 0) {
      this.tried.push({ ...told, problem: "TIMEOUT" });
      return;
    }
    const began = performance.now();
    try {
      const patchBytes = await this.#make(attempt, leftMs);
      this.#unitMs ??= (performance.now() - began) / relativeTime;
      this.tried.push({ ...told, patchBytes });
    } catch (error) {
      this.#settings.signal?.throwIfAborted();
      if (!(error instanceof PatchError) || !passedOver.has(error.code)) throw error;
      this.tried.push({ ...told, problem: error.code });
    }
  }

  /** The patch is somebody else's now: it is not removed any more. */
  release(): void {
    this.best = undefined;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#remove(this.best?.path);
  }

  async #make(attempt: Attempt, leftMs: number): Promise<number> {
    const { oldPath, newPath, patchPath } = this.#paths;
    const { fs, tools, maxMemoryBytes, onProgress, signal } = this.#settings;
    const path = join(dirname(patchPath), `.potassium-${randomUUID().slice(0, 18)}.tmp`);
    const isHdiff = attempt.contender !== "bsdiff-node";
    const engine = isHdiff ? createHdiff({ fs, tools }) : createBsdiff({ fs, tools });
    using limit = timeLimit(leftMs);
    const options = {
      ...{ onProgress, maxMemoryBytes, signal: either(signal, limit.signal) },
      engine: attempt.contender === "hdiffz" ? "tool" : "builtin",
      // The one that is taken is checked at the end.
      selfCheck: false,
    } as const;
    const { patchBytes } = await engine
      .generate(oldPath, newPath, path, {
        ...options,
        ...(isHdiff ? { codec: attempt.codec, effort: attempt.effort } : {}),
      })
      .catch((error: unknown) => {
        if (limit.signal?.aborted === true && signal?.aborted !== true) throw limit.signal.reason;
        throw error;
      });
    const isBetter = patchBytes < (this.best?.patchBytes ?? Number.POSITIVE_INFINITY);
    await this.#remove(isBetter ? this.best?.path : path);
    if (isBetter) this.best = { path, algorithm: engine.algorithm, patchBytes };
    return patchBytes;
  }

  async #remove(path: string | undefined): Promise<void> {
    if (path !== undefined) await unlinkFile(this.#settings.fs, path).catch(() => {});
  }
}

const passedOver: ReadonlySet<string> = new Set(["ENGINE_UNAVAILABLE", "TOO_LARGE", "TIMEOUT"]);

interface TimeLimit extends Disposable {
  readonly signal: AbortSignal | undefined;
}

function timeLimit(leftMs: number): TimeLimit {
  if (leftMs === Number.POSITIVE_INFINITY) return { signal: undefined, [Symbol.dispose]() {} };
  const controller = new AbortController();
  const reason = new PatchError("TIMEOUT", "the time for making a patch is over");
  const timer = setTimeout(() => controller.abort(reason), Math.min(leftMs, 2 ** 31 - 1));
  return { signal: controller.signal, [Symbol.dispose]: () => clearTimeout(timer) };
}

const either = (one: AbortSignal | undefined, other: AbortSignal | undefined) =>
  one === undefined || other === undefined ? (one ?? other) : AbortSignal.any([one, other]);

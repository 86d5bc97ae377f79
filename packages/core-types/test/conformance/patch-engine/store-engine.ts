import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  type ApplyOptions,
  type ApplyResult,
  type GenerateResult,
  type PatchEngine,
  PatchError,
  type PatchOptions,
  type PatchProgress,
} from "../../../src/index.js";
import { checkExpectations, checkPaths, type Expectations } from "./store-arguments.js";
import { doFileWork } from "./store-file-work.js";
import { headerBytes, readHeader, type StoreHeader, writeHeader } from "./store-format.js";

const chunkBytes = 64 * 1024;

/**
 * A patch engine that keeps every promise and saves nothing: its patch is a header and the whole new
 * file. Its broken variants override one step each.
 */
export class StoreEngine implements PatchEngine {
  readonly algorithm: string = "store";

  async generate(
    oldPath: string,
    newPath: string,
    patchPath: string,
    options: PatchOptions = {},
  ): Promise<GenerateResult> {
    this.checkAbort(options);
    checkPaths({ oldPath, newPath, patchPath });
    return this.withInput(oldPath, () =>
      this.withInput(newPath, (input, newBytes) =>
        this.withOutput(patchPath, options, async (output) => {
          const digest = await this.copy(input, 0, output, headerBytes, newBytes, "compress", {
            ...options,
            inputPath: newPath,
            outputPath: patchPath,
          });
          await doFileWork(patchPath, () => writeHeader(output, { newBytes, digest }));
          return { patchBytes: headerBytes + newBytes };
        }),
      ),
    );
  }

  async apply(
    oldPath: string,
    patchPath: string,
    newPath: string,
    options: ApplyOptions = {},
  ): Promise<ApplyResult> {
    this.checkAbort(options);
    checkPaths({ oldPath, patchPath, newPath });
    const expected = checkExpectations(options);
    return this.withInput(oldPath, (old, oldBytes) =>
      this.withInput(patchPath, async (patch, patchBytes) => {
        if (expected.oldSha256 !== undefined) {
          const where = { ...options, inputPath: oldPath, outputPath: oldPath };
          const digest = await this.copy(old, 0, undefined, 0, oldBytes, "hash", where);
          this.checkOld(digest, expected, oldPath);
        }
        const header = await this.readHeader(patch, patchPath, patchBytes);
        this.checkSize(header, expected);
        return this.withOutput(newPath, options, async (output) => {
          const where = { ...options, inputPath: patchPath, outputPath: newPath };
          const { newBytes } = header;
          const digest = await this.copy(patch, headerBytes, output, 0, newBytes, "apply", where);
          this.checkNew(digest, header, expected, newPath);
          return { newBytes };
        });
      }),
    );
  }

  protected checkAbort({ signal }: PatchOptions): void {
    signal?.throwIfAborted();
  }

  protected checkOld(digest: Buffer, expected: Expectations, oldPath: string): void {
    if (digest.toString("hex") !== expected.oldSha256) {
      throw new PatchError("HASH_MISMATCH", `${oldPath} is not the file that was expected`);
    }
  }

  protected checkSize(header: StoreHeader, expected: Expectations): void {
    if (header.newBytes > expected.maxNewBytes) {
      throw new PatchError("TOO_LARGE", `the new file has ${header.newBytes} bytes`);
    }
  }

  protected checkNew(
    digest: Buffer,
    header: StoreHeader,
    expected: Expectations,
    newPath: string,
  ): void {
    if (!digest.equals(header.digest)) {
      throw new PatchError("CORRUPT_PATCH", "the patch's bytes are not those that were written");
    }
    if (expected.newSha256 !== undefined && digest.toString("hex") !== expected.newSha256) {
      throw new PatchError("HASH_MISMATCH", `${newPath} would not be the file that was expected`);
    }
  }

  protected readHeader(patch: FileHandle, path: string, patchBytes: number): Promise<StoreHeader> {
    return doFileWork(path, () => readHeader(patch, patchBytes));
  }

  /** Short, so that it fits wherever its target fits. */
  protected temporaryPathFor(target: string): string {
    return join(dirname(target), `.${randomUUID()}`);
  }

  protected async withOutput<T>(
    target: string,
    options: PatchOptions,
    write: (output: FileHandle) => Promise<T>,
  ): Promise<T> {
    const temporary = this.temporaryPathFor(target);
    const output = await doFileWork(target, () => open(temporary, "wx"));
    try {
      const result = await write(output).finally(() => output.close());
      this.checkAbort(options);
      await doFileWork(target, () => rename(temporary, target));
      return result;
    } catch (error) {
      await this.discard(temporary);
      throw error;
    }
  }

  protected discard(temporary: string): Promise<void> {
    return rm(temporary, { force: true });
  }

  protected report(progress: PatchProgress, { onProgress }: PatchOptions): void {
    onProgress?.(progress);
  }

  private async withInput<T>(
    path: string,
    read: (input: FileHandle, size: number) => Promise<T>,
  ): Promise<T> {
    const input = await doFileWork(path, () => open(path, "r"));
    try {
      const stats = await doFileWork(path, () => input.stat());
      if (!stats.isFile()) throw new PatchError("IO_ERROR", `${path} is not a file`);
      return await read(input, stats.size);
    } finally {
      await input.close();
    }
  }

  /** @returns the SHA-256 digest of what was copied, or only read where there is no output. */
  private async copy(
    input: FileHandle,
    from: number,
    output: FileHandle | undefined,
    to: number,
    totalBytes: number,
    phase: PatchProgress["phase"],
    options: PatchOptions & { readonly inputPath: string; readonly outputPath: string },
  ): Promise<Buffer> {
    const hash = createHash("sha256");
    const buffer = Buffer.alloc(chunkBytes);
    for (let doneBytes = 0; doneBytes < totalBytes; ) {
      const wanted = Math.min(chunkBytes, totalBytes - doneBytes);
      const position = from + doneBytes;
      const { bytesRead } = await doFileWork(options.inputPath, () =>
        input.read(buffer, 0, wanted, position),
      );
      if (bytesRead === 0) throw new PatchError("IO_ERROR", `${options.inputPath} became shorter`);
      hash.update(buffer.subarray(0, bytesRead));
      await doFileWork(options.outputPath, async () => {
        await output?.write(buffer, 0, bytesRead, to + doneBytes);
      });
      doneBytes += bytesRead;
      this.checkAbort(options);
      this.report({ phase, doneBytes, totalBytes }, options);
    }
    if (totalBytes === 0) this.report({ phase, doneBytes: 0, totalBytes }, options);
    return hash.digest();
  }
}

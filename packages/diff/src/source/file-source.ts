import { PatchError } from "@potassium/core-types";
import { fileProblem } from "../file/file-problem.js";
import type { FileSystem, OpenFile, OpenFileStatus } from "../file/file-system.js";
import type { ByteSource } from "./byte-source.js";

/** An open file. Its size is that at the time of opening. */
export class FileSource implements ByteSource {
  /** @throws `NOT_FOUND`, `IO_ERROR` (also for what is no plain file: a folder, a pipe) */
  static async open(fs: FileSystem, path: string): Promise<FileSource> {
    try {
      // Looked at before it is opened: opening a pipe would wait for somebody to write to it.
      if (!(await fs.stat(path)).isFile()) throw new Error("it is no plain file");
      const file = await fs.open(path, "r");
      try {
        return new FileSource(path, file, await file.stat());
      } catch (error) {
        await file.close().catch(() => {});
        throw error;
      }
    } catch (error) {
      throw fileProblem(error, "read", path);
    }
  }

  readonly #file: OpenFile;
  readonly sizeBytes: number;
  readonly #opened: OpenFileStatus;
  #closing: Promise<void> | undefined;

  private constructor(
    readonly name: string,
    file: OpenFile,
    opened: OpenFileStatus,
  ) {
    this.#file = file;
    this.sizeBytes = opened.size;
    this.#opened = opened;
  }

  async read(position: number, target: Uint8Array): Promise<number> {
    let done = 0;
    try {
      while (done < target.length) {
        const left = target.length - done;
        const { bytesRead } = await this.#file.read(target, done, left, position + done);
        if (bytesRead === 0) break;
        done += bytesRead;
      }
    } catch (error) {
      throw fileProblem(error, "read", this.name);
    }
    return done;
  }

  /** When it was last written to, at the time of opening. */
  get mtimeMs(): number {
    return this.#opened.mtimeMs;
  }

  /** @throws `IO_ERROR` where the file was written to since it was opened */
  async expectUnchanged(): Promise<void> {
    const found = await this.#file.stat().catch((error: unknown) => {
      throw fileProblem(error, "read", this.name);
    });
    const { size, mtimeMs, ctimeMs, ino } = this.#opened;
    // A writer may set `mtimeMs` back, but not `ctimeMs`.
    const same =
      found.size === size &&
      found.mtimeMs === mtimeMs &&
      found.ctimeMs === ctimeMs &&
      found.ino === ino;
    if (!same) throw changedWhileRead(this.name);
  }

  /** May be called twice. */
  close(): Promise<void> {
    this.#closing ??= this.#file.close().catch((error: unknown) => {
      throw fileProblem(error, "close", this.name);
    });
    return this.#closing;
  }
}

export const changedWhileRead = (name: string): PatchError =>
  new PatchError("IO_ERROR", `${name} was changed while it was being read: try again`);

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { fileProblem } from "../file/file-problem.js";
import { changedWhileRead } from "../source/file-source.js";
import type { InputFile } from "./job.js";

/** An input file that a thread reads for itself, and waits for: on the real disk, whatever file system the engine has. */
export class InputReader {
  readonly #file: InputFile;
  readonly #descriptor: number;

  /** @throws `NOT_FOUND`, `IO_ERROR` (also where it is not the file any more that it was) */
  constructor(file: InputFile) {
    this.#file = file;
    try {
      this.#descriptor = openSync(file.path, "r");
    } catch (error) {
      throw fileProblem(error, "read", file.path);
    }
    const { size, mtimeMs } = fstatSync(this.#descriptor);
    if (size === file.sizeBytes && mtimeMs === file.mtimeMs) return;
    this.close();
    throw changedWhileRead(file.path);
  }

  /** Fills `target` from `position` on. @throws `IO_ERROR` */
  read(position: number, target: Uint8Array): void {
    for (let done = 0; done < target.length; ) {
      let got: number;
      try {
        got = readSync(this.#descriptor, target, done, target.length - done, position + done);
      } catch (error) {
        throw fileProblem(error, "read", this.#file.path);
      }
      if (got === 0) throw changedWhileRead(this.#file.path);
      done += got;
    }
  }

  close(): void {
    closeSync(this.#descriptor);
  }
}

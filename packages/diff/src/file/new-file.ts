import { fileProblem } from "./file-problem.js";
import type { FileSystem, OpenFile } from "./file-system.js";

/** A file that is written from front to end. It must not exist before. */
export class NewFile {
  /**
   * @param name - What an error calls it: where it will be put.
   * @param mode - Less the umask, as that of any new file.
   * @throws `NOT_FOUND` (no such folder), `IO_ERROR`
   */
  static async create(fs: FileSystem, path: string, name: string, mode = 0o666): Promise<NewFile> {
    try {
      return new NewFile(await fs.open(path, "wx", mode), name);
    } catch (error) {
      throw fileProblem(error, "write", name);
    }
  }

  readonly #file: OpenFile;
  readonly #name: string;

  private constructor(file: OpenFile, name: string) {
    this.#file = file;
    this.#name = name;
  }

  /** @throws `IO_ERROR` */
  async write(bytes: Uint8Array, position: number): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const left = bytes.length - done;
        const { bytesWritten } = await this.#file.write(bytes, done, left, position + done);
        if (bytesWritten === 0) throw new Error("nothing more can be written");
        done += bytesWritten;
      }
    } catch (error) {
      throw fileProblem(error, "write", this.#name);
    }
  }

  /** @throws `IO_ERROR` */
  async chmod(mode: number): Promise<void> {
    await this.#file.chmod(mode).catch((error: unknown) => {
      throw fileProblem(error, "write", this.#name);
    });
  }

  /** @throws `IO_ERROR`: some file systems tell only now that a write failed */
  async close(): Promise<void> {
    await this.#file.close().catch((error: unknown) => {
      throw fileProblem(error, "write", this.#name);
    });
  }
}

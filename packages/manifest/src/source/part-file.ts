import { createHash } from "node:crypto";
import type { UpdateFile, UpdateFileSystem } from "../fs/update-file-system.js";

type PartFileSystem = Pick<UpdateFileSystem, "lstat" | "open" | "unlink">;

const pieceBytes = 2 ** 20;

/** A file that is being downloaded, hashed as it grows. */
export class PartFile {
  readonly #hash = createHash("sha256");
  #sizeBytes = 0;

  private constructor(
    private readonly fs: PartFileSystem,
    private readonly path: string,
    private readonly file: UpdateFile,
  ) {}

  /**
   * Goes on with the file that an earlier download has left, where that has at most `keepBytes`, or begins anew.
   *
   * @throws what the file system throws
   */
  static async open(
    fs: PartFileSystem,
    path: string,
    keepBytes: number,
    signal: AbortSignal | undefined,
  ): Promise<PartFile> {
    const left = await fs.lstat(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
      return undefined;
    });
    const kept = left?.isFile() && left.nlink === 1 && left.size > 0 && left.size <= keepBytes;
    if (left !== undefined && !kept) await fs.unlink(path);
    const part = new PartFile(fs, path, await fs.open(path, kept ? "r+" : "wx", 0o600));
    try {
      if (kept) await part.#readBack(signal);
      return part;
    } catch (error) {
      await part.close();
      throw error;
    }
  }

  /** Bytes that are here. */
  get sizeBytes(): number {
    return this.#sizeBytes;
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    for (let done = 0; done < bytes.length; ) {
      const left = bytes.length - done;
      const { bytesWritten } = await this.file.write(bytes, done, left, this.#sizeBytes);
      done += bytesWritten;
      this.#sizeBytes += bytesWritten;
    }
  }

  /** Makes it outlast a loss of power. Where that fails it is removed: what would be read of it is not what is stored. */
  async sync(): Promise<void> {
    try {
      await this.file.sync();
    } catch (error) {
      await this.discard();
      throw error;
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }

  /** Removes it. */
  discard(): Promise<void> {
    return this.fs.unlink(this.path);
  }

  /** SHA-256 of all bytes. To be asked for once. */
  digest(): string {
    return this.#hash.digest("hex");
  }

  async #readBack(signal: AbortSignal | undefined): Promise<void> {
    const piece = new Uint8Array(pieceBytes);
    for (;;) {
      signal?.throwIfAborted();
      const { bytesRead } = await this.file.read(piece, 0, piece.length, this.#sizeBytes);
      if (bytesRead === 0) return;
      this.#hash.update(piece.subarray(0, bytesRead));
      this.#sizeBytes += bytesRead;
    }
  }
}

import type { FileSystem } from "../../file/file-system.js";
import { NewFile } from "../../file/new-file.js";
import { unlinkFile } from "../../file/put-in-place.js";
import { FileSource } from "../../source/file-source.js";

/** What is kept in memory before a file is made. */
const longestInMemory = 2 ** 22;
const readAtOnce = 2 ** 20;

/** Bytes that are written now and read once later, in a temporary file where they grow long. */
export class Spool implements AsyncDisposable {
  sizeBytes = 0;
  readonly #fs: FileSystem;
  readonly #path: string;
  /** What an error calls the file: where the patch will be. */
  readonly #name: string;
  #chunks: Uint8Array[] = [];
  #chunkBytes = 0;
  #file: NewFile | undefined;

  /** @param path - Of the temporary file, should one be needed. */
  constructor(fs: FileSystem, path: string, name: string) {
    this.#fs = fs;
    this.#path = path;
    this.#name = name;
  }

  /** @throws `IO_ERROR` */
  async add(bytes: Uint8Array): Promise<void> {
    this.#chunks.push(bytes);
    this.#chunkBytes += bytes.length;
    this.sizeBytes += bytes.length;
    if (this.#chunkBytes > longestInMemory) await this.#flush();
  }

  async *read(): AsyncGenerator<Uint8Array, void, void> {
    if (this.#file === undefined) {
      yield* this.#chunks;
      return;
    }
    await this.#flush();
    const source = await FileSource.open(this.#fs, this.#path);
    try {
      const room = new Uint8Array(readAtOnce);
      for (let position = 0; position < this.sizeBytes; ) {
        const got = await source.read(position, room);
        yield room.subarray(0, got);
        position += got;
      }
    } finally {
      await source.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#file === undefined) return;
    await this.#file.close().catch(() => {});
    await unlinkFile(this.#fs, this.#path).catch(() => {});
  }

  async #flush(): Promise<void> {
    this.#file ??= await NewFile.create(this.#fs, this.#path, this.#name, 0o600);
    const chunks = this.#chunks;
    let position = this.sizeBytes - this.#chunkBytes;
    this.#chunks = [];
    this.#chunkBytes = 0;
    for (const chunk of chunks) {
      await this.#file.write(chunk, position);
      position += chunk.length;
    }
  }
}

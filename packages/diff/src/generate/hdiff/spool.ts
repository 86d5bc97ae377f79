import { ByteSink } from "../../encode/byte-sink.js";
import type { FileSystem } from "../../file/file-system.js";
import { NewFile } from "../../file/new-file.js";
import { unlinkFile } from "../../file/put-in-place.js";
import { FileSource } from "../../source/file-source.js";

/** What is kept in memory of it; behind that a file is made. */
const longestInMemory = 2 ** 20;
const readAtOnce = 2 ** 20;

/** Bytes that are written now and read once later, in a temporary file where they grow long. */
export class Spool implements AsyncDisposable {
  sizeBytes = 0;
  readonly #fs: FileSystem;
  readonly #path: string;
  /** What an error calls the file: where the patch will be. */
  readonly #name: string;
  /** What is not in the file yet. */
  readonly #kept = new ByteSink();
  #file: NewFile | undefined;
  /** How much is in the file. */
  #written = 0;

  /** @param path - Of the temporary file, should one be needed. */
  constructor(fs: FileSystem, path: string, name: string) {
    this.#fs = fs;
    this.#path = path;
    this.#name = name;
  }

  /** Takes a copy of the bytes. @throws `IO_ERROR` */
  async add(bytes: Uint8Array): Promise<void> {
    if (this.#kept.length + bytes.length > longestInMemory) await this.#flush();
    if (bytes.length > longestInMemory) await this.#write(bytes);
    else this.#kept.put(bytes);
    this.sizeBytes += bytes.length;
  }

  async *read(): AsyncGenerator<Uint8Array, void, void> {
    if (this.#file === undefined) {
      yield this.#kept.bytes;
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
    await this.#write(this.#kept.bytes);
    this.#kept.clear();
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#file ??= await NewFile.create(this.#fs, this.#path, this.#name, 0o600);
    await this.#file.write(bytes, this.#written);
    this.#written += bytes.length;
  }
}

/** What reading, hashing and saving single files needs: a part of `node:fs/promises`. */
export interface DocumentFileSystem {
  open(path: string, flags: string, mode?: number): Promise<DocumentFile>;
  stat(path: string): Promise<{ readonly size: number; isFile(): boolean }>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** An open file, as `FileHandle` of Node. Reads and writes may be short. */
export interface DocumentFile {
  read(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  write(
    buffer: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesWritten: number }>;
  sync(): Promise<void>;
  close(): Promise<void>;
}

/**
 * What patching needs of a file system: the part of `node:fs/promises` that it calls. Electron users
 * give `require("original-fs").promises`, tests one that fails on purpose.
 */
export interface FileSystem {
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  stat(path: string): Promise<{ readonly mode: number; isDirectory(): boolean; isFile(): boolean }>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** An open file, as `FileHandle` of Node. Reads and writes may be short. */
export interface OpenFile {
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
  stat(): Promise<{ readonly size: number; readonly mtimeMs: number; isFile(): boolean }>;
  chmod(mode: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * What patching needs of a file system: the part of `node:fs/promises` that it calls. Electron users
 * give `require("original-fs").promises`, tests one that fails on purpose.
 */
export interface FileSystem {
  open(path: string, flags: string, mode?: number): Promise<OpenFile>;
  stat(path: string): Promise<FileStatus>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
}

/** As `Stats` of Node. */
export interface FileStatus {
  readonly mode: number;
  /** With `dev` tells whether two paths are of one file. Without them only the paths are compared. */
  readonly ino?: number | undefined;
  readonly dev?: number | undefined;
  isDirectory(): boolean;
  isFile(): boolean;
}

/** As `Stats` of Node, of an open file. */
export interface OpenFileStatus {
  readonly size: number;
  readonly mtimeMs: number;
  /** Told or not, always the same: that a file was changed is seen by it too. */
  readonly ctimeMs?: number | undefined;
  readonly ino?: number | undefined;
  isFile(): boolean;
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
  stat(): Promise<OpenFileStatus>;
  chmod(mode: number): Promise<void>;
  close(): Promise<void>;
}

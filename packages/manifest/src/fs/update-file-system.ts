import type { DocumentFile } from "../document/document-file-system.js";

/**
 * Every file operation that building and applying updates use: a part of `node:fs/promises`, whose
 * functions are the default. Under Electron give `original-fs`'s: Electron's own sees a folder in `app.asar`.
 */
export interface UpdateFileSystem {
  open(path: string, flags: string, mode?: number): Promise<UpdateFile>;
  lstat(path: string): Promise<FileStatus>;
  stat(path: string): Promise<FileStatus>;
  /** The names in a folder, in no order. */
  readdir(path: string): Promise<string[]>;
  mkdir(path: string): Promise<unknown>;
  rmdir(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  unlink(path: string): Promise<void>;
  /** Makes a second name of a file. */
  link(existing: string, path: string): Promise<void>;
  symlink(target: string, path: string, type?: "file" | "dir" | "junction"): Promise<void>;
  readlink(path: string): Promise<string>;
  chmod(path: string, mode: number): Promise<void>;
  copyFile(from: string, to: string, mode?: number): Promise<void>;
  statfs(path: string): Promise<{ readonly bsize: number; readonly bavail: number }>;
}

/** An open file, as `FileHandle` of Node. Reads and writes may be short. */
export interface UpdateFile extends DocumentFile {
  stat(): Promise<FileStatus>;
  chmod(mode: number): Promise<void>;
}

/** What is looked at of a file's status, as `Stats` of Node. */
export interface FileStatus {
  readonly size: number;
  readonly mode: number;
  readonly dev: number;
  readonly ino: number;
  readonly nlink: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

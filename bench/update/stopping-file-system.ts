import * as nodeFs from "node:fs/promises";
import type { UpdateFile, UpdateFileSystem } from "@potassium/manifest";

/**
 * The real file system until one call, counted from 1 over those that change something: that one and all later calls do
 * nothing, and throw. What a process had open is closed, as it is when a process dies.
 */
export function stoppingFileSystem(stopAt: number): {
  readonly fs: UpdateFileSystem;
  readonly changes: () => number;
} {
  let changes = 0;
  const read = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    return (...args: A): Promise<R> => {
      if (changes < stopAt) return call(...args);
      return Promise.reject(new Error("the process has stopped"));
    };
  };
  const change = <A extends unknown[], R>(call: (...args: A) => Promise<R>) => {
    const guarded = read(call);
    return (...args: A): Promise<R> => {
      changes += 1;
      return guarded(...args);
    };
  };
  const opened = (file: UpdateFile): UpdateFile => ({
    read: read((...args) => file.read(...args)),
    write: change((...args) => file.write(...args)),
    stat: read(() => file.stat()),
    sync: change(() => file.sync()),
    chmod: change((mode) => file.chmod(mode)),
    close: () => file.close(),
  });
  const open: UpdateFileSystem["open"] = async (...args) => opened(await nodeFs.open(...args));
  const [openToRead, openToWrite] = [read(open), change(open)];
  const fs: UpdateFileSystem = {
    open: (path, flags, mode) => (flags === "r" ? openToRead : openToWrite)(path, flags, mode),
    lstat: read((path) => nodeFs.lstat(path)),
    stat: read((path) => nodeFs.stat(path)),
    readdir: read((path) => nodeFs.readdir(path)),
    mkdir: change((path) => nodeFs.mkdir(path)),
    rmdir: change((path) => nodeFs.rmdir(path)),
    rename: change((from, to) => nodeFs.rename(from, to)),
    unlink: change((path) => nodeFs.unlink(path)),
    link: change((existing, path) => nodeFs.link(existing, path)),
    symlink: change((...args) => nodeFs.symlink(...args)),
    readlink: read((path) => nodeFs.readlink(path)),
    chmod: change((path, mode) => nodeFs.chmod(path, mode)),
    copyFile: change((...args) => nodeFs.copyFile(...args)),
    statfs: read((path) => nodeFs.statfs(path)),
  };
  return { fs, changes: () => changes };
}

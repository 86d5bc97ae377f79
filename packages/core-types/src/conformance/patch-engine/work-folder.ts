import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What a folder holds: by path, a folder or a file's time and digest. */
type Contents = Readonly<Record<string, string>>;

/** A folder of its own for one test. */
export class WorkFolder {
  static async make(): Promise<WorkFolder> {
    return new WorkFolder(await realpath(await mkdtemp(join(tmpdir(), "potassium-patch-"))));
  }

  private constructor(readonly root: string) {}

  path(name: string): string {
    return join(this.root, name);
  }

  /** @returns the file's path. */
  async write(name: string, bytes: Uint8Array): Promise<string> {
    await writeFile(this.path(name), bytes);
    return this.path(name);
  }

  /** @returns the new folder's path. */
  async makeFolder(name: string): Promise<string> {
    await mkdir(this.path(name));
    return this.path(name);
  }

  read(name: string): Promise<Buffer> {
    return readFile(this.path(name));
  }

  /** It is no error where there is none. */
  removeFile(name: string): Promise<void> {
    return rm(this.path(name), { force: true });
  }

  /** The names of what is in it, sorted. */
  async names(): Promise<string[]> {
    return (await readdir(this.root)).sort();
  }

  async contents(): Promise<Contents> {
    const found: Record<string, string> = {};
    for (const entry of await readdir(this.root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      found[path] = entry.isDirectory()
        ? "folder"
        : `${(await stat(path)).mtimeMs} ${sha256(await readFile(path))}`;
    }
    return found;
  }

  /** Runs `call`, and fails where it added, removed or touched anything. */
  async expectUntouched<T>(call: () => Promise<T>): Promise<T> {
    const before = await this.contents();
    const answer = await call();
    assert.deepEqual(await this.contents(), before, "files were added, removed or touched");
    return answer;
  }

  remove(): Promise<void> {
    return rm(this.root, { recursive: true, force: true });
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

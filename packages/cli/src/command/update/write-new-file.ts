import { rename, rm, writeFile } from "node:fs/promises";

/**
 * Writes a file where there must be none.
 *
 * @throws {PotassiumError} `ALREADY_EXISTS`, `NOT_FOUND` (the folder), `IO_ERROR`
 */
export async function writeNewFile(path: string, content: string, mode = 0o644): Promise<void> {
  await told(path, () => writeFile(path, content, { flag: "wx", mode }));
}

/**
 * Writes a file as a whole: what stands there is replaced, or stays.
 *
 * @throws {PotassiumError} `NOT_FOUND` (the folder), `IO_ERROR`
 */
export async function replaceFile(path: string, content: Uint8Array): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  await told(path, async () => {
    try {
      await writeFile(temporary, content, { flag: "wx" });
      await rename(temporary, path);
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  });
}

async function told(path: string, write: () => Promise<void>): Promise<void> {
  try {
    await write();
  } catch (cause) {
    const { PotassiumError } = await import("@potassium/core-types");
    const code = cause instanceof Error && "code" in cause ? cause.code : "";
    if (code === "EEXIST") {
      throw new PotassiumError("ALREADY_EXISTS", `there is a file at ${path} already`, { cause });
    }
    if (code === "ENOENT") {
      throw new PotassiumError("NOT_FOUND", `there is no folder for ${path}`, { cause });
    }
    throw new PotassiumError("IO_ERROR", `${path} can't be written`, { cause });
  }
}

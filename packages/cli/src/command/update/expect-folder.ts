import { stat } from "node:fs/promises";

/**
 * For what takes a folder that isn't there for one in which nothing is: on a command line it is a slip.
 *
 * @throws {PotassiumError} `NOT_FOUND`
 */
export async function expectFolder(path: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return;
  const { PotassiumError } = await import("@potassium/core-types");
  throw new PotassiumError("NOT_FOUND", `${path} is no folder`);
}

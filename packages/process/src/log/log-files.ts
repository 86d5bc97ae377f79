import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * A server's log is a row of numbered files, of which the newest two are kept. A file whose follower
 * is there is never written to again.
 */
export function logFilePath(folder: string, number: number): string {
  return join(folder, `${number}.log`);
}

/** The numbers of the files that there are, oldest first; none where the folder is gone. */
export function listLogFiles(folder: string): number[] {
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names
    .flatMap((name) => /^(\d{1,15})\.log$/.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

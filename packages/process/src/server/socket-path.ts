import { join } from "node:path";

/** What macOS allows, the least of all systems: 104 bytes with the NUL at the end. */
const maxSocketPathBytes = 103;

/**
 * Where a server's supervisor listens: at `preferred`, or where that is too long for a socket, in
 * `shortFolder`; on Windows at a pipe, which is no file.
 */
export function socketPath(
  id: string,
  preferred: string,
  shortFolder: string,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform === "win32") return `\\\\.\\pipe\\potassium-${id}`;
  return Buffer.byteLength(preferred) <= maxSocketPathBytes ? preferred : join(shortFolder, id);
}

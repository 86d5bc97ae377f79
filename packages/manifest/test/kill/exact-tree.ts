import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { Snapshot } from "../fixture/node-snapshot.js";

/**
 * All that is in a folder, with every mode, but for the updater's own folder in it. Without waiting: it is looked at hundreds
 * of times, and nothing else goes on meanwhile.
 */
export function exactTree(root: string): Snapshot {
  const snapshot: Record<string, string> = {};
  const names = readdirSync(root).filter((name) => name !== ".potassium");
  while (names.length > 0) {
    const path = names.pop() as string;
    const place = `${root}/${path}`;
    const status = lstatSync(place);
    const mode = (status.mode & 0o7777).toString(8);
    if (status.isSymbolicLink()) snapshot[path] = `-> ${readlinkSync(place)}`;
    else if (status.isFile()) snapshot[path] = `${sha256(readFileSync(place))} ${mode}`;
    else {
      snapshot[path] = `folder ${mode}`;
      names.push(...readdirSync(place).map((name) => `${path}/${name}`));
    }
  }
  return snapshot;
}

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

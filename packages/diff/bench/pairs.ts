import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { npmFile } from "@potassium/tooling/bench/npm-file";
import type { PinnedPair } from "./pinned-pairs.js";

/** An old file and a new one, and where patches between them are kept. */
export interface Pair {
  readonly name: string;
  readonly oldPath: string;
  readonly newPath: string;
  readonly newBytes: number;
  readonly newSha256: string;
  readonly cache: string;
}

/** Where what was fetched or made once is kept. */
export const cache: string = join(tmpdir(), "potassium-bench-diff");

/** Neighbouring releases from the npm registry. What was fetched once is kept among the temporary files. */
export async function fetchPairs(pinned: readonly PinnedPair[]): Promise<Pair[]> {
  const pairs: Pair[] = [];
  for (const { name, file, old, new: next } of pinned) {
    const oldPath = await npmFile({ name, ...old }, file, cache);
    const newPath = await npmFile({ name, ...next }, file, cache);
    const bytes = await readFile(newPath);
    pairs.push({
      name: `${name} ${old.version} to ${next.version}`,
      oldPath,
      newPath,
      newBytes: bytes.length,
      newSha256: createHash("sha256").update(bytes).digest("hex"),
      cache: join(cache, `${name.replace("/", "+")}-${old.version}-${next.version}`),
    });
  }
  return pairs;
}

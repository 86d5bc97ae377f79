import { existsSync } from "node:fs";
import { type FileHandle, mkdir, open, rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { LargePair } from "./large-pairs.js";
import type { Pair } from "./pairs.js";

const blockBytes = 2 ** 20;

/**
 * Makes a pair, unless `cache` has it, of what real releases changed: blocks of the old releases in a shuffled order, and in
 * their places those of the new ones. They are gone over as often as it takes, each time with another byte xored to all, so
 * that no round repeats another.
 */
export async function releaseArchive(
  gibibytes: number,
  cache: string,
  pairs: readonly Pair[],
): Promise<LargePair> {
  const folder = join(cache, `releases-${gibibytes}-gib`);
  const oldPath = join(folder, "old");
  const newPath = join(folder, "new");
  if (!existsSync(newPath)) {
    await mkdir(folder, { recursive: true });
    const blocks = (await blocksOf(pairs)).toSorted((one, other) => one.order - other.order);
    await writeBlocks(oldPath, blocks, "oldPath", gibibytes * 2 ** 30);
    await writeBlocks(`${newPath}.part`, blocks, "newPath", gibibytes * 2 ** 30);
    await rename(`${newPath}.part`, newPath);
  }
  const newBytes = (await stat(newPath)).size;
  return { name: `${gibibytes} GiB of releases`, oldPath, newPath, newBytes };
}

interface Block {
  readonly pair: Pair;
  readonly position: number;
  readonly order: number;
}

async function blocksOf(pairs: readonly Pair[]): Promise<Block[]> {
  const blocks: Block[] = [];
  for (const pair of pairs) {
    const size = Math.max((await stat(pair.oldPath)).size, pair.newBytes);
    for (let position = 0; position < size; position += blockBytes) {
      blocks.push({ pair, position, order: Math.imul(blocks.length + 1, 0x9e3779b1) >>> 0 });
    }
  }
  return blocks;
}

async function writeBlocks(
  path: string,
  blocks: readonly Block[],
  side: "oldPath" | "newPath",
  leastBytes: number,
): Promise<void> {
  const files = new Map<Pair, FileHandle>();
  const target = await open(path, "w");
  try {
    let written = 0;
    for (let round = 0; written < leastBytes; round += 1) {
      for (const { pair, position } of blocks) {
        const file = files.get(pair) ?? (await open(pair[side]));
        files.set(pair, file);
        const { buffer, bytesRead } = await file.read({
          buffer: Buffer.alloc(blockBytes),
          position,
        });
        const bytes = buffer.subarray(0, bytesRead);
        for (let i = 0; i < bytes.length; i += 1) bytes[i] = (bytes[i] as number) ^ round;
        written += (await target.write(bytes)).bytesWritten;
      }
    }
  } finally {
    for (const file of files.values()) await file.close();
    await target.close();
  }
}

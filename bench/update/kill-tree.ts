import { createHash } from "node:crypto";
import { chmod, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Two versions of a small game: files that change, come, go and stay, in folders that come and go too. */
export async function writeKillTrees(oldDir: string, newDir: string): Promise<void> {
  for (let index = 0; index < 8; index += 1) {
    await write(oldDir, `data/${index % 3}/changed-${index}.pak`, bytes(index));
    await write(newDir, `data/${index % 3}/changed-${index}.pak`, edited(bytes(index)));
    await write(oldDir, `kept/${index}.pak`, bytes(100 + index));
    await write(newDir, `kept/${index}.pak`, bytes(100 + index));
  }
  for (let index = 0; index < 3; index += 1) {
    await write(oldDir, `gone/${index}.pak`, bytes(200 + index));
    await write(newDir, `come/deep/${index}.pak`, bytes(300 + index));
    await write(oldDir, `data/here-${index}.pak`, bytes(400 + index));
    await write(newDir, `data/moved-${index}.pak`, bytes(400 + index));
  }
  await write(oldDir, "game", bytes(500), 0o755);
  await write(newDir, "game", edited(bytes(500)), 0o755);
}

async function write(root: string, path: string, content: Uint8Array, mode = 0o644): Promise<void> {
  const place = join(root, path);
  await mkdir(dirname(place), { recursive: true });
  await writeFile(place, content);
  await chmod(place, mode);
}

/** 16 KiB that nothing can compress. */
function bytes(seed: number): Buffer {
  const pieces = Array.from({ length: 512 }, (_, index) =>
    createHash("sha256").update(`${seed} ${index}`).digest(),
  );
  return Buffer.concat(pieces);
}

function edited(old: Buffer): Buffer {
  const copy = Buffer.from(old);
  copy.write("another text", copy.length >> 1);
  return copy;
}

import { execFile } from "node:child_process";
import { open, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { hasBzip2 } from "./fixture/bsdiff-encoder.js";
import { WorkFolder } from "./fixture/work-folder.js";
import {
  expectedBytes,
  fewPieces,
  type LargePiece,
  newBytesOf,
  tellingPlaces,
  wholePieces,
  writeLargeOld,
} from "./large/large-pair.js";
import { largeBsdiff40, largeHdiff13, largeHdiffSf20 } from "./large/large-patch.js";

const mebibyte = 2 ** 20;
/** Of all that the process may write to: Node's own threads and heaps take more than half of it. */
const maxDataBytes = 512 * mebibyte;
/** What applying may take beyond Node's own. */
const maxOwnBytes = 64 * mebibyte;

interface LargePatch {
  readonly format: string;
  readonly family: "bsdiff" | "hdiff";
  readonly pieces: readonly LargePiece[];
  readonly encode: (pieces: readonly LargePiece[]) => Buffer;
}

const patches: readonly LargePatch[] = [
  { format: "HDIFF13", family: "hdiff", pieces: wholePieces, encode: largeHdiff13 },
  { format: "HDIFFSF20", family: "hdiff", pieces: wholePieces, encode: largeHdiffSf20 },
  { format: "BSDIFF40", family: "bsdiff", pieces: fewPieces, encode: largeBsdiff40 },
];

for (const { format, family, pieces, encode } of patches) {
  // Limits of a process and cheap sparse files are Linux's here.
  const can = process.platform === "linux" && (family === "hdiff" || hasBzip2());
  test.skipIf(!can)(
    `a patch of ${format} reads an old file of 5 GiB at all its places, in little memory`,
    { timeout: 300_000 },
    async () => {
      const folder = await WorkFolder.make();
      const [oldPath, newPath] = [folder.path("old"), folder.path("new")];
      await writeLargeOld(oldPath);
      const patchPath = await folder.write("patch", encode(pieces));

      const idle = await peakBytes();
      const busy = await peakBytes(family, oldPath, patchPath, newPath);
      expect(busy - idle).toBeLessThan(maxOwnBytes);

      const { size, blocks } = await stat(newPath);
      expect(size).toBe(newBytesOf(pieces));
      // All else is a hole, and so zeros.
      expect(blocks * 512).toBeLessThan(32 * mebibyte);
      await using file = await open(newPath, "r");
      for (const place of tellingPlaces(pieces)) {
        const start = Math.max(0, place - 1_000);
        const found = Buffer.alloc(Math.min(100_000, size - start));
        await file.read(found, 0, found.length, start);
        const same = found.equals(expectedBytes(pieces, start, found.length));
        expect(same, `the bytes around ${place}`).toBe(true);
      }
    },
  );
}

const program = fileURLToPath(new URL("large/apply-process.ts", import.meta.url));

/** The most memory of a process of limited memory that applies a patch; or does nothing. */
async function peakBytes(...args: string[]): Promise<number> {
  const limited = `ulimit -d ${maxDataBytes / 1024} && exec "$0" "$@"`;
  const words = ["-c", limited, process.execPath, "--import", "tsx", program, ...args];
  const { stdout } = await promisify(execFile)("sh", words);
  return Number(stdout);
}

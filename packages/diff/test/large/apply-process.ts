// Applies a patch, without any zeros from the disk or to it, and tells the most memory that this process had.
import { readFileSync } from "node:fs";
import * as nodeFileSystem from "node:fs/promises";
import { createBsdiff, createHdiff, type FileSystem, type OpenFile } from "../../src/index.js";
import { touchesMark } from "./large-pair.js";

const zeros = Buffer.alloc(2 ** 20);

const [family, oldPath = "", patchPath = "", newPath = ""] = process.argv.slice(2);

/**
 * Leaves holes where zeros are written, and does not read those of the old file: the system would keep all 5 GiB
 * of them in its memory, for which some machines need longer than for all the rest.
 */
const sparse: FileSystem = {
  ...nodeFileSystem,
  async open(path, flags, mode): Promise<OpenFile> {
    const file = await nodeFileSystem.open(path, flags, mode);
    let end = 0;
    return {
      async read(buffer, offset, length, position) {
        if (path !== oldPath || touchesMark(position, length)) {
          return await file.read(buffer, offset, length, position);
        }
        const { size } = await file.stat();
        const count = Math.max(0, Math.min(length, size - position));
        buffer.fill(0, offset, offset + count);
        return { bytesRead: count };
      },
      async write(buffer, offset, length, position) {
        const count = Math.min(length, zeros.length);
        end = Math.max(end, position + count);
        const empty = zeros.compare(buffer, offset, offset + count, 0, count) === 0;
        return empty ? { bytesWritten: count } : await file.write(buffer, offset, count, position);
      },
      stat: () => file.stat(),
      chmod: (mode) => file.chmod(mode),
      async close() {
        if (flags !== "r") await file.truncate(end);
        await file.close();
      },
    };
  },
};

/** Linux carries `ru_maxrss` over from the process that started this one, but not this. */
function peakBytes(): number {
  if (process.platform !== "linux") return process.resourceUsage().maxRSS * 1024;
  const status = readFileSync("/proc/self/status", "utf8");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}

// Without arguments nothing is done: that is what is compared with.
if (family !== undefined) {
  const engine = (family === "bsdiff" ? createBsdiff : createHdiff)({ fs: sparse });
  await engine.apply(oldPath, patchPath, newPath);
}
process.stdout.write(String(peakBytes()));

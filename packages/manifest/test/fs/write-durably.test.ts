import { expect, it } from "vitest";
import { writeDurably } from "../../src/fs/write-durably.js";
import { crashStates } from "../fixture/crash-states.js";
import { lucks } from "../fixture/memory-disk/lucks.js";
import { MemoryDisk } from "../fixture/memory-disk/memory-disk.js";
import { bytesAt } from "../fixture/node-snapshot.js";

it("writeDurably() leaves the old or the new text wherever power is lost, and then the new one", async () => {
  const disk = new MemoryDisk();
  const place = { fs: disk.fs, windows: false };
  await disk.fs.mkdir("/f");
  disk.settle();
  await writeDurably(place, "/f", "x", "old text");
  const states = await crashStates(disk, () => writeDurably(place, "/f", "x", "the new text"));
  const found = new Set<string>();
  for (const [index, state] of states.entries()) {
    for (const luck of lucks(index, 20)) {
      const text = String(await bytesAt(state.afterPowerLoss(luck).fs, "/f/x"));
      expect(["old text", "the new text"]).toContain(text);
      found.add(text);
      if (index === states.length - 1) expect(text).toBe("the new text");
    }
  }
  expect(found.size).toBe(2);
});

it("writeDurably() does without an fsync of the folder where Windows refuses it", async () => {
  const disk = new MemoryDisk({ closedFolders: true });
  await disk.fs.mkdir("/f");
  await writeDurably({ fs: disk.fs, windows: true }, "/f", "x", "text");
  expect(String(await bytesAt(disk.fs, "/f/x"))).toBe("text");
});

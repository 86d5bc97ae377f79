import { expect, test } from "vitest";
import { createBsdiff } from "../../src/index.js";
import { encodeHdiff13 } from "../fixture/hdiff-encoder.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { WorkFolder } from "../fixture/work-folder.js";
import { runsOf, writeStandIn } from "../tool/stand-in.js";

/** What hdiffz is told to write here is no BSDIFF40, so the call fails behind it: that it ran is what counts. */
const written = encodeHdiff13({ old: Buffer.of(1), next: Buffer.of(2), covers: [] });

async function work() {
  const folder = await WorkFolder.make();
  const [oldPath, newPath] = [
    await folder.write("old", Buffer.alloc(1000)),
    await folder.write("new", Buffer.alloc(1000)),
  ];
  const runsPath = folder.path("runs");
  const hdiffz = await writeStandIn(folder.path("hdiffz"), {
    ...{ name: "hdiffz", runsPath, writesBase64: written.toString("base64") },
  });
  const generate = (maxMemoryBytes: number, tools: object) =>
    createBsdiff({ maxMemoryBytes, tools }).generate(oldPath, newPath, folder.path("patch"));
  const made = async () => (await runsOf(runsPath)).filter(({ args }) => args[0] !== "-v").length;
  return { folder, hdiffz, generate, made };
}

/** Enough for hdiffz, and too little for bsdiff-node, whose process alone takes 64 MiB. */
const maxMemoryBytes = 2 ** 20;

test("bsdiff.generate() takes hdiffz where bsdiff-node would need more memory than it may", async () => {
  const { hdiffz, generate, made } = await work();
  const error = await rejectionOf(() => generate(maxMemoryBytes, { hdiffz }));
  expect(error.message).toContain("hdiffz did not write a patch of the format BSDIFF40");
  expect(await made()).toBe(1);
});

test("where there is no hdiffz either, the memory is told, and what would help", async () => {
  const { folder, generate, made } = await work();
  const nowhere = { hdiffz: folder.path("nowhere") };
  const error = await rejectionOf(() => generate(maxMemoryBytes, nowhere));
  // Where bsdiff-node is not installed, that is told after the sizes, which come first.
  expect(error.code).toBe("TOO_LARGE");
  expect(error.message).toContain('engine "tool"');
  expect(await made()).toBe(0);
});

import { truncate, utimes } from "node:fs/promises";
import { expect, test } from "vitest";
import type { JobResults, JobSetting } from "../../src/crew/job.js";
import { Workbench } from "../../src/crew/workbench.js";
import { sampleContent } from "../codec/sample-content.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { WorkFolder } from "../fixture/work-folder.js";
import { digestsOf } from "./digests-of.js";
import { jobSetting } from "./job-setting.js";

const content = Buffer.concat([sampleContent(700_000), randomBytes(700_000)]);
const changed = Buffer.concat([
  content.subarray(1_000_000),
  randomBytes(1_000, 3),
  content.subarray(0, 900_000),
]);

function matchAll(setting: JobSetting): JobResults["match"][] {
  using bench = new Workbench(setting);
  bench.do({ kind: "load", position: 0, length: setting.old.sizeBytes });
  bench.do({ kind: "index", number: 0, count: 1 });
  const parts: JobResults["match"][] = [];
  const length = 500_000;
  for (let position = 0; position < setting.next.sizeBytes; position += length) {
    const job = { position, length: Math.min(length, setting.next.sizeBytes - position) };
    parts.push(bench.do({ kind: "match", ...job }) as JobResults["match"]);
  }
  return parts;
}

test("an old file that is read page by page gives what one gives that is held in memory", async () => {
  const folder = await WorkFolder.make();
  const oldPath = await folder.write("old", content);
  const newPath = await folder.write("new", changed);
  const whole = matchAll(await jobSetting(oldPath, newPath, true));
  const paged = matchAll(await jobSetting(oldPath, newPath, false));
  expect(paged.map(digestsOf)).toEqual(whole.map(digestsOf));
  const fresh = whole.reduce((sum, part) => sum + part.fresh.length, 0);
  expect(fresh).toBeLessThan(2_000);
});

test("a file that was changed since it was opened is IO_ERROR, at the first look and in the middle", async () => {
  const folder = await WorkFolder.make();
  const oldPath = await folder.write("old", content);
  const newPath = await folder.write("new", changed);
  const setting = await jobSetting(oldPath, newPath, true);
  using bench = new Workbench(setting);
  bench.do({ kind: "load", position: 0, length: 1_000 });
  await truncate(oldPath, 900_000);
  const late = () => bench.do({ kind: "load", position: 700_000, length: 700_000 });
  expect(await rejectionOf(async () => late())).toMatchObject({ code: "IO_ERROR" });
  expect(late).toThrow(/was changed while it was being read/);
  await utimes(newPath, 1, 1);
  const early = () => bench.do({ kind: "match", position: 0, length: 1_000 });
  expect(await rejectionOf(async () => early())).toMatchObject({ code: "IO_ERROR" });
});

test("a file that is gone is NOT_FOUND", async () => {
  const folder = await WorkFolder.make();
  const path = await folder.write("old", content);
  const setting = await jobSetting(path, path, true);
  using bench = new Workbench({ ...setting, old: { ...setting.old, path: folder.path("gone") } });
  const load = async () => bench.do({ kind: "load", position: 0, length: 5 });
  expect(await rejectionOf(load)).toMatchObject({ code: "NOT_FOUND" });
});

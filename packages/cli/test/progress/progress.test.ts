import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { TextStream } from "../../src/output/text-stream.js";
import { makeProgress } from "../../src/progress/make-progress.js";
import { showProgress } from "../../src/progress/show-progress.js";

function setUp({ terminal = false, silent = false, columns = 100 } = {}) {
  const stream = Object.assign(new PassThrough(), terminal ? { isTTY: true, columns } : {});
  const clock = { ms: 0 };
  const progress = makeProgress({
    stderr: new TextStream(stream),
    now: () => clock.ms,
    silent,
  });
  const step = (phase: string, done: number, atMs: number, total = 40e6) => {
    clock.ms = atMs;
    progress.show({ phase, done, total, unit: "bytes" });
  };
  return { progress, step, said: () => String(stream.read() ?? "") };
}

test("on a terminal a bar shows the share, the rate and the time left", () => {
  const { step, said } = setUp({ terminal: true });
  step("download", 0, 0);
  step("download", 10e6, 2000);
  expect(said().split("\r\u001b[2K").at(-1)).toBe(
    "download [######..................]  25 %  10.0 MB of 40.0 MB, 5.0 MB/s, 6 s left",
  );
});

test("a bar is drawn ten times a second at most, and never wraps", () => {
  const { step, said } = setUp({ terminal: true, columns: 40 });
  for (let ms = 0; ms < 1000; ms += 10) step("make", ms * 1000, ms);
  const lines = said().split("\r\u001b[2K").slice(1);
  expect(lines).toHaveLength(10);
  for (const line of lines) expect(line.length).toBeLessThan(40);
});

test("of phases side by side the bar shows the one that began first until it ends", () => {
  const { step, said } = setUp({ terminal: true });
  step("download", 1e6, 0);
  step("make", 1e6, 1000);
  expect(said().split("\r\u001b[2K").at(-1)).toMatch(/^download /);
  step("download", 40e6, 2000);
  step("make", 2e6, 3000);
  expect(said().split("\r\u001b[2K").at(-1)).toMatch(/^make /);
});

test("a bar is wiped away before something else is said", () => {
  const { progress, step, said } = setUp({ terminal: true });
  step("make", 1, 0);
  said();
  progress.hide();
  progress.hide();
  expect(said()).toBe("\r\u001b[2K");
});

test("elsewhere a line comes every five seconds, and at the end", () => {
  const { step, said } = setUp();
  for (let second = 0; second <= 10; second += 1) step("make", second * 4e6, second * 1000);
  step("make", 40e6, 10_001);
  expect(said().split("\n")).toEqual([
    "make: 20 %, 8.0 MB of 40.0 MB, 4.0 MB/s, 8 s left",
    "make: 70 %, 28.0 MB of 40.0 MB, 4.0 MB/s, 3 s left",
    "make: 100 %, 40.0 MB of 40.0 MB",
    "",
  ]);
});

test("work that is done within two seconds says nothing", () => {
  const { step, said } = setUp();
  step("make", 0, 0);
  step("make", 40e6, 1900);
  expect(said()).toBe("");
});

test("a phase that comes again is timed anew", () => {
  const { step, said } = setUp({ terminal: true });
  step("check", 0, 0);
  step("check", 40e6, 60_000);
  step("check", 0, 61_000);
  step("check", 20e6, 62_000);
  expect(said().split("\r\u001b[2K").at(-1)).toContain("20.0 MB/s, 1 s left");
});

test("no rate is told of so little that it would be a guess", () => {
  const { step, said } = setUp({ terminal: true });
  step("compress", 37e6, 0);
  step("compress", 37e6 + 100, 1000);
  expect(said().split("\r\u001b[2K").at(-1)).toMatch(/37\.0 MB of 40\.0 MB$/);
});

test("it is silent where it isn't wanted", () => {
  const { step, said } = setUp({ terminal: true, silent: true });
  step("make", 1, 0);
  expect(said()).toBe("");
});

test("a stage that has nothing to do says nothing", () => {
  const { progress, said } = setUp({ terminal: true });
  const onProgress = showProgress(progress);
  onProgress({ phase: "download", doneBytes: 0, totalBytes: 0 });
  onProgress({ phase: "copy", donePaths: 0, totalPaths: 0 });
  expect(said()).toBe("");
  onProgress({ phase: "check", donePaths: 1, totalPaths: 2 });
  expect(said()).toContain("check");
});

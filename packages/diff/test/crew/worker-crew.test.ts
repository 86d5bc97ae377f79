import { truncate } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { Breather } from "../../src/breather.js";
import type { Crew } from "../../src/crew/crew.js";
import { findWorkerProgram } from "../../src/crew/find-worker.js";
import type { Job } from "../../src/crew/job.js";
import { OwnThread } from "../../src/crew/own-thread.js";
import { WorkerCrew } from "../../src/crew/worker-crew.js";
import { randomBytes } from "../compress/lzma2/block-content.js";
import { rejectionOf } from "../fixture/rejection-of.js";
import { sha256, WorkFolder } from "../fixture/work-folder.js";
import { digestsOf } from "./digests-of.js";
import { jobSetting } from "./job-setting.js";
import { watchedThreads } from "./watched-threads.js";

const old = randomBytes(1_000_000);
const next = Buffer.concat([
  old.subarray(377_000),
  randomBytes(5_000, 4),
  old.subarray(0, 300_000),
]);

async function pair() {
  const folder = await WorkFolder.make();
  const [oldPath, newPath] = [await folder.write("old", old), await folder.write("new", next)];
  return { folder, setting: await jobSetting(oldPath, newPath, true) };
}

const load = { kind: "load", position: 0, length: old.length } as const;
const index = { kind: "index", number: 0, count: 1 } as const;
const match = { kind: "match", position: 0, length: next.length } as const;
/** Takes seconds: nobody waits for its end. */
const longJob = (): CompressJob => compressJob(randomBytes(12_000_000).map((byte) => byte & 63));

type CompressJob = Extract<Job, { kind: "compress" }>;

/** In a room of its own, which goes to the thread. */
function compressJob(bytes: Uint8Array): CompressJob {
  const room = new ArrayBuffer(bytes.length + 1_000);
  new Uint8Array(room).set(bytes);
  return {
    ...{ kind: "compress", codec: "lzma2", effort: "smallest", last: true, room },
    ...{ beforeBytes: 0, blockBytes: bytes.length },
  };
}

async function allDone(crew: Crew) {
  await crew.run(load);
  await crew.run(index);
  const compress = compressJob(old.subarray(0, 20_000));
  const [all, compressed, few] = await Promise.all([
    crew.run(match),
    crew.run(compress),
    crew.run({ ...match, length: 99 }),
  ]);
  return [
    digestsOf(all),
    sha256(new Uint8Array(compressed.room, 0, compressed.codedBytes)),
    digestsOf(few),
  ];
}

test("threads give what the calling thread gives, and are gone afterwards", async () => {
  const threads = watchedThreads();
  const { setting } = await pair();
  const { setting: other } = await pair();
  let byThreads: unknown;
  {
    await using crew = new WorkerCrew(findWorkerProgram(), 2, setting);
    byThreads = await allDone(crew);
    expect(threads.running()).toBe(2);
  }
  expect(threads.running()).toBe(0);
  await using own = new OwnThread(other, new Breather());
  expect(byThreads).toEqual(await allDone(own));
  expect(threads.begun()).toBe(2);
});

test("no more threads begin than there are jobs", async () => {
  const threads = watchedThreads();
  const { setting } = await pair();
  await using crew = new WorkerCrew(findWorkerProgram(), 8, setting);
  expect(threads.begun()).toBe(0);
  await crew.run(load);
  await crew.run(index);
  expect(threads.begun()).toBe(1);
});

test("the room of a block goes to the thread and comes back, and is not made anew", async () => {
  const { setting } = await pair();
  await using crew = new WorkerCrew(findWorkerProgram(), 1, setting);
  const job = compressJob(new Uint8Array(200_000));
  const { room, codedBytes } = await crew.run(job);
  expect(job.room.byteLength).toBe(0);
  expect(room.byteLength).toBe(201_000);
  expect(codedBytes).toBeLessThan(500);
});

describe("an abort", () => {
  test("in the middle of a job rejects all jobs with its reason, and ends the threads", async () => {
    const threads = watchedThreads();
    const { setting } = await pair();
    const controller = new AbortController();
    const crew = new WorkerCrew(findWorkerProgram(), 2, setting, controller.signal);
    await Promise.all([crew.run(load), crew.run(load)]);
    const jobs = Array.from({ length: 4 }, () => crew.run(longJob()));
    const reason = new Error("the caller has gone");
    setImmediate(() => controller.abort(reason));
    for (const outcome of await Promise.allSettled(jobs)) {
      expect(outcome).toEqual({ status: "rejected", reason });
    }
    await expect(crew.run(load)).rejects.toBe(reason);
    await crew[Symbol.asyncDispose]();
    expect(threads.begun()).toBe(2);
    expect(threads.running()).toBe(0);
  });

  test("of before lets no thread begin", async () => {
    const threads = watchedThreads();
    const { setting } = await pair();
    await using crew = new WorkerCrew(findWorkerProgram(), 2, setting, AbortSignal.abort("gone"));
    await expect(crew.run(load)).rejects.toBe("gone");
    expect(threads.begun()).toBe(0);
  });
});

test("a crew that is given up while jobs run and wait rejects them, and leaves no thread", async () => {
  const threads = watchedThreads();
  const { setting } = await pair();
  const crew = new WorkerCrew(findWorkerProgram(), 1, setting);
  await crew.run(load);
  const jobs = Array.from({ length: 3 }, () => crew.run(longJob()));
  const outcomes = Promise.allSettled(jobs);
  await crew[Symbol.asyncDispose]();
  for (const outcome of await outcomes) {
    expect(outcome).toMatchObject({ status: "rejected", reason: { code: "IO_ERROR" } });
  }
  expect(threads.running()).toBe(0);
  await crew[Symbol.asyncDispose]();
});

test("a job that fails rejects alone, with its code", async () => {
  const { folder, setting } = await pair();
  await using crew = new WorkerCrew(findWorkerProgram(), 2, setting);
  await crew.run({ ...load, length: 1_000 });
  await truncate(folder.path("old"), 500_000);
  const error = await rejectionOf(() => crew.run(load));
  expect(error).toMatchObject({ name: "PatchError", code: "IO_ERROR" });
  expect(error.message).toMatch(/was changed while it was being read/);
  await expect(crew.run({ ...load, length: 1_000 })).resolves.toBeUndefined();
});

describe("a thread that breaks rejects all jobs with IO_ERROR, and leaves none:", () => {
  test.each([
    ["its program is missing", undefined],
    ["its program can't be read", "this is no program {"],
    ["it throws at its start", "throw new Error('broken')"],
    [
      "it throws in the middle of a job",
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", () => { throw new Error("broken"); });`,
    ],
    [
      "it ends in the middle of a job",
      `import { parentPort } from "node:worker_threads";
       parentPort.on("message", () => process.exit(3));`,
    ],
  ])("%s", async (_, text) => {
    const threads = watchedThreads();
    const { folder, setting } = await pair();
    const program = folder.path("program.mjs");
    if (text !== undefined) await folder.write("program.mjs", Buffer.from(text));
    const crew = new WorkerCrew(program, 2, setting);
    const outcomes = await Promise.allSettled(
      [load, index, match, load].map((job) => crew.run(job)),
    );
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({ status: "rejected", reason: { code: "IO_ERROR" } });
    }
    await expect(crew.run(load)).rejects.toMatchObject({ code: "IO_ERROR" });
    await crew[Symbol.asyncDispose]();
    expect(threads.running()).toBe(0);
  });
});

test("an abort of work in the calling thread rejects with its reason before the next job", async () => {
  const { setting } = await pair();
  const controller = new AbortController();
  let now = 0;
  const clock = (): number => {
    now += 100;
    return now;
  };
  await using crew = new OwnThread(setting, new Breather(controller.signal, clock));
  await crew.run(load);
  const jobs = [crew.run(index), crew.run(match)];
  controller.abort("gone");
  for (const outcome of await Promise.allSettled(jobs)) {
    expect(outcome).toEqual({ status: "rejected", reason: "gone" });
  }
});

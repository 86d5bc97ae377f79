import { resolve } from "node:path";
import type { PatchOptions } from "@potassium/core-types";
import { Breather } from "../../breather.js";
import { compressionWindow } from "../../compress/section-frame.js";
import { compressTypes, type Effort, type WrittenCodec } from "../../compress/written-codec.js";
import type { Crew } from "../../crew/crew.js";
import { findWorkerProgram } from "../../crew/find-worker.js";
import type { InputFile, JobSetting } from "../../crew/job.js";
import { OwnThread } from "../../crew/own-thread.js";
import { WorkerCrew } from "../../crew/worker-crew.js";
import { encodeHdiff13Header } from "../../encode/hdiff13-header.js";
import type { FileSystem } from "../../file/file-system.js";
import { NewFile } from "../../file/new-file.js";
import { makeMatcherMemory } from "../../match/matcher-memory.js";
import { matcherModule } from "../../match/matcher-module.js";
import { FileSource } from "../../source/file-source.js";
import { BlockEncoder } from "./block-encoder.js";
import { BlockRooms } from "./block-rooms.js";
import { CompressProgress } from "./compress-progress.js";
import { type GenerationPlan, planGeneration } from "./generation-plan.js";
import { inOrder } from "./in-order.js";
import { PatchSections } from "./patch-sections.js";
import type { SectionSettings } from "./section-writer.js";
import { expectZstd, ZstdEncoder } from "./zstd-encoder.js";

export interface GenerateHdiffOptions extends PatchOptions {
  readonly fs: FileSystem;
  readonly codec: WrittenCodec;
  readonly effort: Effort;
  readonly maxMemoryBytes?: number | undefined;
  readonly threads?: number | undefined;
}

const loadedAtOnce = 2 ** 23;

/**
 * Writes an HDIFF13 patch to `temporaryPath`, which does not exist yet. Where it rejects, a part may be left there.
 *
 * The same files and options make the same patch, whatever the number of threads: each segment of the new file is matched
 * by itself, against an index whose content does not depend on who filled it.
 *
 * Progress: the phases "match" and "compress", the latter in bytes of what is compressed.
 *
 * @throws `NOT_FOUND`, `IO_ERROR`, `TOO_LARGE` (over `maxMemoryBytes`), `CODEC_UNAVAILABLE`, `ENGINE_UNAVAILABLE` (the
 *   package was bundled without its threads' program)
 */
export async function generateHdiff(
  paths: { readonly oldPath: string; readonly newPath: string },
  temporaryPath: string,
  options: GenerateHdiffOptions,
): Promise<void> {
  const { fs } = options;
  const old = await FileSource.open(fs, paths.oldPath);
  try {
    const next = await FileSource.open(fs, paths.newPath);
    try {
      await writePatch(old, next, temporaryPath, options);
      await old.expectUnchanged();
      await next.expectUnchanged();
    } finally {
      await next.close();
    }
  } finally {
    await old.close();
  }
}

async function writePatch(
  old: FileSource,
  next: FileSource,
  path: string,
  options: GenerateHdiffOptions,
): Promise<void> {
  const { fs, codec, signal, onProgress } = options;
  const [oldBytes, newBytes] = [old.sizeBytes, next.sizeBytes];
  const plan = planGeneration({ ...options, oldBytes, newBytes });
  await using crew = await openCrew(plan, inputOf(old), inputOf(next), signal);
  const progress = new CompressProgress(onProgress);
  await using sections = new PatchSections(fs, path, {
    ...compressionOf(crew, options, plan.blockBytes),
    blockBytes: plan.blockBytes,
    onDone: (bytes) => progress.add(bytes),
  });

  await fillIndex(crew, oldBytes, plan.wholeOld);
  onProgress?.({ phase: "match", doneBytes: 0, totalBytes: newBytes });
  const segments = segmentsOf(newBytes, plan.segmentBytes);
  const match = (segment: Stretch) => crew.run({ kind: "match", ...segment });
  for await (const [segment, parts] of inOrder(segments, match, crew.size + 1)) {
    await sections.add(parts);
    const doneBytes = segment.position + segment.length;
    onProgress?.({ phase: "match", doneBytes, totalBytes: newBytes });
  }
  await sections.endCovers();
  progress.begin(sections.rawBytes);
  await sections.end();
  signal?.throwIfAborted();

  const { coverCount, written } = sections;
  const compressType = compressTypes[codec];
  const header = { compressType, newBytes, oldBytes, coverCount, sections: written };
  await writeParts(fs, path, [encodeHdiff13Header(header)], sections.read());
}

/** How sections are compressed. */
function compressionOf(
  crew: Crew,
  { codec, effort }: GenerateHdiffOptions,
  blockBytes: number,
): Pick<SectionSettings, "makeEncoder" | "historyBytes"> {
  switch (codec) {
    case "stored":
      return { makeEncoder: undefined, historyBytes: 0 };
    case "zstd":
      expectZstd();
      return {
        makeEncoder: (sink, largest) => new ZstdEncoder(effort, sink, largest),
        historyBytes: 0,
      };
    case "zlib":
    case "lzma2": {
      const historyBytes = compressionWindow(codec);
      // A thread that is done with one has the next one waiting.
      const rooms = new BlockRooms(crew.size + 1, historyBytes + blockBytes);
      const shared = { crew, rooms, codec, effort };
      return {
        makeEncoder: (sink, largest) => new BlockEncoder(shared, sink, largest),
        historyBytes,
      };
    }
    default:
      return codec satisfies never;
  }
}

const inputOf = (source: FileSource): InputFile => ({
  path: resolve(source.name),
  sizeBytes: source.sizeBytes,
  mtimeMs: source.mtimeMs,
});

async function openCrew(
  plan: GenerationPlan,
  old: InputFile,
  next: InputFile,
  signal: AbortSignal | undefined,
): Promise<Crew> {
  const { stepBytes, places, wholeOld, pagesBytes, segmentBytes, threads } = plan;
  const shape = {
    ...{ stepBytes, places, wholeOld, pagesBytes, segmentBytes },
    ...{ oldBytes: old.sizeBytes, threads: Math.max(1, threads) },
  };
  const matcher = await matcherModule();
  const setting: JobSetting = { ...shape, old, next, memory: makeMatcherMemory(shape), matcher };
  if (threads === 0) return new OwnThread(setting, new Breather(signal));
  return new WorkerCrew(findWorkerProgram(), threads, setting, signal);
}

interface Stretch {
  readonly position: number;
  readonly length: number;
}

function* segmentsOf(size: number, segmentBytes: number): Generator<Stretch, void, void> {
  for (let position = 0; position < size; position += segmentBytes) {
    yield { position, length: Math.min(segmentBytes, size - position) };
  }
}

async function fillIndex(crew: Crew, oldBytes: number, isWhole: boolean): Promise<void> {
  if (isWhole) {
    const load = (stretch: Stretch) => crew.run({ kind: "load", ...stretch });
    await Promise.all(Array.from(segmentsOf(oldBytes, loadedAtOnce), load));
  }
  // Each share goes over all of the old file, so many would cost more than they save.
  const count = crew.size >= 4 ? 4 : crew.size >= 2 ? 2 : 1;
  const shares = Array.from({ length: count }, (_, number) => ({ number, count }));
  await Promise.all(shares.map((share) => crew.run({ kind: "index", ...share })));
}

async function writeParts(
  fs: FileSystem,
  path: string,
  first: readonly Uint8Array[],
  rest: AsyncIterable<Uint8Array>,
): Promise<void> {
  const file = await NewFile.create(fs, path, path);
  let position = 0;
  try {
    const put = async (bytes: Uint8Array): Promise<void> => {
      await file.write(bytes, position);
      position += bytes.length;
    };
    for (const bytes of first) await put(bytes);
    for await (const bytes of rest) await put(bytes);
  } catch (error) {
    await file.close().catch(() => {});
    throw error;
  }
  await file.close();
}

import { availableParallelism } from "node:os";
import { PatchError } from "@potassium/core-types";
import type { Effort, WrittenCodec } from "../../compress/written-codec.js";
import { indexBytes, indexShape, mostPlaces } from "../../match/index-shape.js";
import { mostThreads } from "../../match/matcher-memory.js";
import { inMebibytes } from "../bsdiff-memory.js";
import { zstdMebibytes } from "./zstd-encoder.js";

const mebibyte = 2 ** 20;
/** What two threads may take where nobody says otherwise: with an old file that is held whole, and with a larger one. */
const defaultBytes = { whole: 384 * mebibyte, paged: 300_000_000 } as const;
/** Of Node itself, with this package, sections on their way, and what is garbage already and not yet collected. */
const processBytes = 92 * mebibyte;
const threadBytes = 20 * mebibyte;
/** Of each of the two views of an old file: more than a segment, which is gone over several times. */
const pagesBytes = 6 * mebibyte;
/** Old files up to this size are held in memory whole. */
const largestWhole = 64 * mebibyte;
/** Below it threads take longer to start than the work takes. */
const smallInput = mebibyte / 4;
/** An index is made smaller to this for the sake of a second thread, and no further. */
const enoughPlaces = 2 ** 20;
/** An index is never made smaller than this. */
const fewestPlaces = 2 ** 14;

/** Distances of indexed blocks in small files, in bytes. */
const leastSteps: Readonly<Record<Effort, number>> = { fast: 16, balanced: 8, smallest: 4 };
/** What compressing takes in a thread, in mebibytes. Node compresses zstd elsewhere, one stream for each section. */
const encoderMebibytes: Readonly<Record<WrittenCodec, number>> = {
  stored: 1,
  zlib: 4,
  lzma2: 28,
  zstd: 0,
};

export interface GenerationRequest {
  readonly oldBytes: number;
  readonly newBytes: number;
  readonly effort: Effort;
  readonly codec: WrittenCodec;
  readonly maxMemoryBytes?: number | undefined;
  /** @default as many as the machine runs at a time */
  readonly threads?: number | undefined;
}

/** How the work is cut up. The patch depends on all of it but the number of threads. */
export interface GenerationPlan {
  readonly stepBytes: number;
  readonly places: number;
  readonly wholeOld: boolean;
  readonly pagesBytes: number;
  readonly segmentBytes: number;
  /** How much is compressed at a time. */
  readonly blockBytes: number;
  /** 0: the work is done in the calling thread. */
  readonly threads: number;
  /** What all of it takes at most, by estimate. */
  readonly memoryBytes: number;
}

/** @throws `TOO_LARGE` where `maxMemoryBytes` is too little for any patch */
export function planGeneration(request: GenerationRequest): GenerationPlan {
  const { oldBytes, newBytes, effort, codec, maxMemoryBytes } = request;
  const segmentBytes = segmentSize(newBytes);
  const blockBytes = mebibyte;
  let whole = oldBytes <= largestWhole;
  let shape = indexShape(oldBytes, leastSteps[effort], mostPlaces);
  const zstdBytes = codec === "zstd" ? 4 * zstdMebibytes[effort] * mebibyte : 0;
  const perThread = () =>
    threadBytes +
    (whole ? 0 : 2 * pagesBytes) +
    4 * segmentBytes +
    encoderMebibytes[codec] * mebibyte;
  const fixed = () =>
    processBytes + indexBytes(shape.places) + (whole ? oldBytes : 0) + 5 * blockBytes + zstdBytes;
  const total = (threads: number) => fixed() + threads * perThread();
  const byDefault = () => zstdBytes + (whole ? defaultBytes.whole : defaultBytes.paged);
  const limit = () => maxMemoryBytes ?? byDefault();
  for (const [threads, least] of [
    [2, enoughPlaces],
    [1, fewestPlaces],
  ] as const) {
    while (total(threads) > limit()) {
      // Pages of a file that is smaller than they are would cost more.
      if (whole && oldBytes > 2 * pagesBytes) whole = false;
      else if (shape.places > least)
        shape = indexShape(oldBytes, shape.stepBytes, shape.places / 2);
      else break;
    }
  }
  // More threads take more, and nobody wants cores to idle: without a limit all may work.
  const room = (maxMemoryBytes ?? Number.POSITIVE_INFINITY) - fixed();
  const fitting = Math.floor(room / perThread());
  if (fitting < 1) throw tooLittle(maxMemoryBytes ?? 0, total(1));
  const small = request.threads === undefined && oldBytes + newBytes <= smallInput;
  const wanted = small ? 0 : (request.threads ?? availableParallelism());
  // The threads share a memory of 4 GiB, in which each has an area: there is room for a hundred and more.
  const most = mostThreads({ ...shape, oldBytes, wholeOld: whole, pagesBytes, segmentBytes });
  const threads = Math.min(wanted, fitting, most);
  return {
    ...shape,
    wholeOld: whole,
    pagesBytes,
    segmentBytes,
    blockBytes,
    threads,
    memoryBytes: total(Math.max(1, threads)),
  };
}

/** Some segments for each thread of many, and few borders. */
function segmentSize(newBytes: number): number {
  let bytes = mebibyte / 4;
  while (bytes < 2 * mebibyte && bytes * 24 < newBytes) bytes *= 2;
  return bytes;
}

function tooLittle(maxMemoryBytes: number, leastBytes: number): PatchError {
  const [most, least] = [inMebibytes(maxMemoryBytes), inMebibytes(leastBytes)];
  return new PatchError(
    "TOO_LARGE",
    `making this patch needs ${least} of memory, over the limit of ${most} (maxMemoryBytes)`,
  );
}

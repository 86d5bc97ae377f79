import { compressBlock } from "../compress/compress-block.js";
import { SegmentEncoder } from "../encode/encode-segment.js";
import { blockBytes } from "../match/block-hash.js";
import { type BlockIndex, type IndexShare, indexBlocks, makeIndex } from "../match/block-index.js";
import { dropWeakCovers } from "../match/drop-weak.js";
import { matchSegment, type OldViews } from "../match/match-segment.js";
import { viewOfBytes } from "../match/old-view.js";
import { PagedView } from "../match/paged-view.js";
import { realign } from "../match/realign.js";
import { segmentOf } from "../match/segment.js";
import { splitCovers } from "../match/split-covers.js";
import { InputReader } from "./input-reader.js";
import type { Job, JobResult, JobResults, JobSetting } from "./job.js";

/** How much of an old file that is not held in memory is read at once, to be indexed: a multiple of any step. */
const readAtOnce = 2 ** 20;

/** Does jobs, one after the other, in whichever thread it stands. */
export class Workbench implements Disposable {
  readonly #setting: JobSetting;
  readonly #index: BlockIndex;
  #old: InputReader | undefined;
  #next: InputReader | undefined;
  #views: OldViews | undefined;
  readonly #encoder = new SegmentEncoder();
  /** For a segment, used again and again. */
  #room = new Uint8Array();

  constructor(setting: JobSetting) {
    this.#setting = setting;
    this.#index = makeIndex(setting, setting.index);
  }

  /** @throws `IO_ERROR`, `NOT_FOUND` */
  do(job: Job): JobResult {
    switch (job.kind) {
      case "load":
        return this.#load(job.position, job.length);
      case "index":
        return this.#fillIndex(job);
      case "match":
        return this.#match(job.position, job.length);
      case "compress":
        return compressInRoom(job);
      default:
        return job satisfies never;
    }
  }

  [Symbol.dispose](): void {
    this.#old?.close();
    this.#next?.close();
  }

  #load(position: number, length: number): undefined {
    const { wholeOld } = this.#setting;
    if (wholeOld !== undefined) {
      this.#oldReader.read(position, new Uint8Array(wholeOld, position, length));
    }
  }

  #fillIndex(share: IndexShare): undefined {
    const { wholeOld, old } = this.#setting;
    if (wholeOld !== undefined) {
      indexBlocks(this.#index, share, new DataView(wholeOld), 0, old.sizeBytes);
      return;
    }
    const room = new Uint8Array(readAtOnce + blockBytes);
    for (let start = 0; start < old.sizeBytes; start += readAtOnce) {
      // The last block that begins here may end behind.
      const size = Math.min(readAtOnce + blockBytes, old.sizeBytes - start);
      this.#oldReader.read(start, room.subarray(0, size));
      indexBlocks(this.#index, share, new DataView(room.buffer, 0, size), start, readAtOnce);
    }
  }

  #match(position: number, length: number): JobResults["match"] {
    if (this.#room.length < length) this.#room = new Uint8Array(length);
    const bytes = this.#room.subarray(0, length);
    this.#next ??= new InputReader(this.#setting.next);
    this.#next.read(position, bytes);
    const segment = segmentOf(bytes, position);
    this.#views ??= this.#makeViews();
    const found = matchSegment(segment, this.#views, this.#index);
    const { present } = this.#views;
    const covers = dropWeakCovers(
      segment,
      splitCovers(segment, realign(segment, found, present), present),
      present,
    );
    const { control, code, fresh } = this.#encoder.encode(segment, covers, present);
    return { covers: covers.numbers, control, code, fresh };
  }

  #makeViews(): OldViews {
    const { wholeOld, old, pagesBytes } = this.#setting;
    if (wholeOld !== undefined) {
      const bytes = new Uint8Array(wholeOld);
      return { present: viewOfBytes(bytes), other: viewOfBytes(bytes) };
    }
    const reader = this.#oldReader;
    const view = () => new PagedView(old.sizeBytes, (...read) => reader.read(...read), pagesBytes);
    return { present: view(), other: view() };
  }

  get #oldReader(): InputReader {
    this.#old ??= new InputReader(this.#setting.old);
    return this.#old;
  }
}

function compressInRoom(job: Extract<Job, { kind: "compress" }>): JobResults["compress"] {
  const { codec, effort, last, room, beforeBytes, blockBytes } = job;
  const before = new Uint8Array(room, 0, beforeBytes);
  const bytes = new Uint8Array(room, beforeBytes, blockBytes);
  const coded = compressBlock({ codec, effort, last, before, bytes });
  new Uint8Array(room).set(coded);
  return { room, codedBytes: coded.length };
}

import { compressBlock } from "../compress/compress-block.js";
import type { IndexShare } from "../match/index-shape.js";
import { Matcher } from "../match/matcher.js";
import { InputReader } from "./input-reader.js";
import type { Job, JobResult, JobResults, JobSetting } from "./job.js";

/** Does jobs, one after the other, in whichever thread it stands. */
export class Workbench implements Disposable {
  readonly #setting: JobSetting;
  readonly #matcher: Matcher;
  #old: InputReader | undefined;
  #next: InputReader | undefined;

  constructor(setting: JobSetting) {
    this.#setting = setting;
    this.#matcher = new Matcher({ ...setting, oldBytes: setting.old.sizeBytes }, (...read) =>
      this.#oldReader.read(...read),
    );
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
    if (!this.#setting.wholeOld) return;
    this.#oldReader.read(position, this.#matcher.oldBytes(position, length));
  }

  #fillIndex(share: IndexShare): undefined {
    this.#matcher.indexBlocks(share);
  }

  #match(position: number, length: number): JobResults["match"] {
    this.#next ??= new InputReader(this.#setting.next);
    this.#next.read(position, this.#matcher.segment(length));
    return this.#matcher.match(length, position);
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

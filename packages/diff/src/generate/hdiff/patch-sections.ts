import type { JobResults } from "../../crew/job.js";
import { ByteSink } from "../../encode/byte-sink.js";
import { CoverEncoder } from "../../encode/cover-encoder.js";
import type { WrittenSection } from "../../encode/hdiff13-header.js";
import type { FileSystem } from "../../file/file-system.js";
import { CoverList } from "../../match/cover-list.js";
import { type SectionSettings, SectionWriter } from "./section-writer.js";
import { Spool } from "./spool.js";

/** The four sections of an HDIFF13 patch, to which the parts of one segment after the other are added. */
export class PatchSections implements AsyncDisposable {
  readonly #covers: SectionWriter;
  readonly #control: SectionWriter;
  readonly #code: SectionWriter;
  readonly #fresh: SectionWriter;
  readonly #all: readonly SectionWriter[];
  readonly #coverSink = new ByteSink();
  readonly #coverEncoder = new CoverEncoder(this.#coverSink);

  /** @param path - The patch's, which the paths of temporary files begin with. */
  constructor(fs: FileSystem, path: string, settings: SectionSettings) {
    const section = (name: string) =>
      new SectionWriter(new Spool(fs, `${path}-${name}`, path), settings);
    this.#covers = section("covers");
    this.#control = section("control");
    this.#code = section("code");
    this.#fresh = section("fresh");
    this.#all = [this.#covers, this.#control, this.#code, this.#fresh];
  }

  get coverCount(): number {
    return this.#coverEncoder.count;
  }

  /** How much is in, compressed or not. */
  get rawBytes(): number {
    return this.#all.reduce((sum, { rawBytes }) => sum + rawBytes, 0);
  }

  /** Of the four, once they are ended. */
  get written(): readonly WrittenSection[] {
    return this.#all.map(({ rawBytes, compressedBytes }) => ({ rawBytes, compressedBytes }));
  }

  async add({ covers, control, code, fresh }: JobResults["match"]): Promise<void> {
    this.#coverEncoder.add(new CoverList(covers));
    await this.#covers.add(this.#coverSink.take());
    await this.#control.add(control);
    await this.#code.add(code);
    await this.#fresh.add(fresh);
  }

  /** To be called when all segments are in: the last cover stands open until then. */
  async endCovers(): Promise<void> {
    this.#coverEncoder.end();
    await this.#covers.add(this.#coverSink.take());
  }

  async end(): Promise<void> {
    // The largest first, so that no thread has it left for the end.
    const bySize = this.#all.toSorted((one, other) => other.rawBytes - one.rawBytes);
    await Promise.all(bySize.map((section) => section.end()));
  }

  async *read(): AsyncGenerator<Uint8Array, void, void> {
    for (const section of this.#all) yield* section.read();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#all.map((section) => section[Symbol.asyncDispose]()));
  }
}

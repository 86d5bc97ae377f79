import { ByteSink } from "./byte-sink.js";

/** The size of a section, and its size in the patch where it is compressed: else 0. */
export interface WrittenSection {
  readonly rawBytes: number;
  readonly compressedBytes: number;
}

export interface Hdiff13Header {
  /** What names the codec: "" for none. */
  readonly compressType: string;
  readonly newBytes: number;
  readonly oldBytes: number;
  readonly coverCount: number;
  /** Covers, control, code, fresh. */
  readonly sections: readonly WrittenSection[];
}

/** What stands in front of a patch's sections. */
export function encodeHdiff13Header(header: Hdiff13Header): Uint8Array {
  const sink = new ByteSink();
  sink.put(Buffer.from(`HDIFF13&${header.compressType}\0`, "latin1"));
  const sizes = header.sections.flatMap(({ rawBytes, compressedBytes }) => [
    rawBytes,
    compressedBytes,
  ]);
  for (const value of [header.newBytes, header.oldBytes, header.coverCount, ...sizes]) {
    sink.putVarint(value, 0, 0);
  }
  return sink.bytes;
}

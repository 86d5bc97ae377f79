/** Takes what comes out of an encoder, in order. */
export type EncodedSink = (bytes: Uint8Array) => Promise<void>;

/** Compresses one section, which comes in blocks. */
export interface SectionEncoder {
  /**
   * @param isSmall - Whether the section is small.
   * @throws what the sink and a crew throw
   */
  add(block: Uint8Array, last: boolean, isSmall: boolean): Promise<void>;
  /** Gives back what it holds, at the end or wherever it broke. */
  close(): void;
}

/** @param blockBytes - The size of the largest block that will come. */
export type MakeEncoder = (sink: EncodedSink, blockBytes: number) => SectionEncoder;

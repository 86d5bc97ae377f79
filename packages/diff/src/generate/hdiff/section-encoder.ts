/** Takes what comes out of an encoder, in order, and keeps no hold on the memory. */
export type EncodedSink = (bytes: Uint8Array) => Promise<void>;

/** A part of a section, in memory that is the section's: it is void when `add` is done. */
export interface SectionBlock {
  /** The section's bytes before it, as far as may be referred to. */
  readonly before: Uint8Array;
  readonly bytes: Uint8Array;
  readonly isLast: boolean;
  /** Whether the whole section is small. */
  readonly isSmall: boolean;
}

/** Compresses one section, which comes in blocks. */
export interface SectionEncoder {
  /** Takes a block; after the last one all is in the sink. @throws what the sink and a crew throw */
  add(block: SectionBlock): Promise<void>;
  /** Gives back what it holds, at the end or wherever it broke. */
  close(): void;
}

/** @param blockBytes - The size of the largest block that will come. */
export type MakeEncoder = (sink: EncodedSink, blockBytes: number) => SectionEncoder;

import type { PatchOptions } from "@potassium/core-types";
import { Breather } from "../breather.js";
import { openSection } from "../codec/open-section.js";
import type { SectionReader } from "../codec/section-reader.js";
import { assembleBsdiff } from "../format/bsdiff40/assemble-bsdiff.js";
import { corruptPatch } from "../format/corrupt-patch.js";
import { assembleHdiff13 } from "../format/hdiff13/assemble-hdiff13.js";
import { assembleHdiffSf20 } from "../format/hdiffsf20/assemble-hdiffsf20.js";
import type { PatchHeader } from "../format/patch-header.js";
import type { PatchLimits } from "../patch-limits.js";
import type { ByteSource } from "../source/byte-source.js";
import { Assembler } from "./assembler.js";
import { type NewSink, NewWriter } from "./new-writer.js";
import type { OldBytes } from "./old-bytes.js";

export interface MakeNewInput {
  readonly old: OldBytes;
  /** What an error calls the old file. */
  readonly oldName: string;
  readonly patch: ByteSource;
  readonly header: PatchHeader;
  readonly limits: PatchLimits;
}

export interface MakeNewOptions extends PatchOptions {
  readonly sink: NewSink;
  readonly phase: "apply" | "verify";
  /** Whether to make the new file's digest. */
  readonly hash?: boolean | undefined;
}

/**
 * Makes the new file of a patch whose header was read, and gives it to `sink`. When this settles, nothing is
 * being read or written any more.
 *
 * @returns the SHA-256 digest in hexadecimal, where it was asked for
 * @throws `CORRUPT_PATCH`, `CODEC_UNAVAILABLE`, `TOO_LARGE`, `IO_ERROR`
 */
export async function makeNew(
  input: MakeNewInput,
  options: MakeNewOptions,
): Promise<string | undefined> {
  const { old, patch, header, limits } = input;
  const breather = new Breather(options.signal);
  expectOldSize(input);
  const writer = new NewWriter({ ...options, newBytes: header.newBytes });
  const readers: SectionReader[] = [];
  try {
    for (const section of header.sections) {
      readers.push(await openSection(patch, section, limits, breather));
    }
    await assemble(header, readers, new Assembler(old, writer), limits, breather);
    return await writer.finish();
  } finally {
    await Promise.allSettled(readers.map((reader) => reader.close()));
    await writer.close();
  }
}

/** Patches of bsdiff don't tell it. */
function expectOldSize({ header, old, oldName }: MakeNewInput): void {
  if (!("oldBytes" in header) || header.oldBytes === old.sizeBytes) return;
  const problem = `it is for an old file of ${header.oldBytes} bytes, ${oldName} has ${old.sizeBytes}`;
  throw corruptPatch("header", problem, header.oldBytesOffset);
}

function assemble(
  header: PatchHeader,
  readers: readonly SectionReader[],
  assembler: Assembler,
  limits: PatchLimits,
  breather: Breather,
): Promise<void> {
  const [first, second, third] = readers as [SectionReader, SectionReader, SectionReader];
  switch (header.format) {
    case "BSDIFF40": {
      const streams = { control: first, diff: second, extra: third, sections: header.sections };
      return assembleBsdiff(header.newBytes, streams, assembler);
    }
    case "ENDSLEY/BSDIFF43": {
      const [body] = header.sections;
      const streams = { control: first, diff: first, extra: first };
      const sections = [body, body, body] as const;
      return assembleBsdiff(header.newBytes, { ...streams, sections }, assembler);
    }
    case "HDIFF13":
      return assembleHdiff13(header, readers, assembler, breather);
    case "HDIFFSF20":
      return assembleHdiffSf20(header, first, assembler, limits, breather);
    default:
      return header satisfies never;
  }
}

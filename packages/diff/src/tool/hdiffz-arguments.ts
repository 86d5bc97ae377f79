import { PatchError, shownValue } from "@potassium/core-types";

/** What hdiffz is asked for. */
export interface HdiffzOptions {
  /** @default "hdiff13" */
  readonly format?: "hdiff13" | "hdiffsf20" | "bsdiff40" | undefined;
  /** Of the patch's content. "bsdiff40" knows "bz2" alone. @default "zlib", with "bsdiff40" "bz2" */
  readonly compress?: "none" | "zlib" | "bz2" | "lzma" | "lzma2" | "zstd" | undefined;
  /** How hard to compress: 1 to 9 for zlib and bz2, 0 to 9 for lzma and lzma2, 0 to 22 for zstd. @default hdiffz's */
  readonly level?: number | undefined;
  /**
   * "memory" finds the most, and needs the new file's bytes and five times the old file's (nine from 2 GiB on);
   * "stream" finds equal blocks only, in little memory. @default "memory"
   */
  readonly mode?: "memory" | "stream" | undefined;
  /** Bytes of a block in the mode "stream", from 4 on: smaller ones find more, in more memory. @default 64 */
  readonly blockBytes?: number | undefined;
  /** hdiffz's output depends on their number. @default 1 */
  readonly threads?: number | undefined;
}

type Format = NonNullable<HdiffzOptions["format"]>;
type Compression = NonNullable<HdiffzOptions["compress"]>;

const formats: Readonly<Record<Format, readonly string[]>> = {
  hdiff13: [],
  hdiffsf20: ["-SD"],
  bsdiff40: ["-BSD"],
};

const levels: Readonly<Record<Compression, readonly [least: number, most: number] | undefined>> = {
  none: undefined,
  zlib: [1, 9],
  bz2: [1, 9],
  lzma: [0, 9],
  lzma2: [0, 9],
  zstd: [0, 22],
};

/**
 * The options of hdiffz's command line, without the files.
 *
 * @throws `INVALID_ARGUMENT`
 */
export function hdiffzArguments(options: HdiffzOptions): readonly string[] {
  const format = oneOf(formats, options.format ?? "hdiff13", "format");
  const { threads = 1 } = options;
  return [
    ...modeArguments(options),
    ...formats[format],
    ...compressArguments(format, options),
    `-p-${count(threads, 1, 256, "threads")}`,
    // Not checked by hdiffz, but by the applier here, which is the one that will read it.
    "-d",
  ];
}

function modeArguments({ mode = "memory", blockBytes }: HdiffzOptions): readonly string[] {
  switch (mode) {
    case "memory":
      if (blockBytes !== undefined) throw invalid("blockBytes", 'needs the mode "stream"');
      return ["-m-6"];
    case "stream":
      return [`-s-${count(blockBytes ?? 64, 4, 2 ** 30, "blockBytes")}`];
    default:
      mode satisfies never;
      throw invalid("mode", 'must be "memory" or "stream"');
  }
}

function compressArguments(format: Format, options: HdiffzOptions): readonly string[] {
  const { level } = options;
  const usual = format === "bsdiff40" ? "bz2" : "zlib";
  const compress = oneOf(levels, options.compress ?? usual, "compress");
  if (format === "bsdiff40" && compress !== "bz2") {
    throw invalid("compress", 'must be "bz2" for the format "bsdiff40", which has no other');
  }
  const range = levels[compress];
  if (range === undefined) {
    if (level !== undefined) throw invalid("level", "needs a compression");
    return [];
  }
  if (level === undefined) return [`-c-${compress}`];
  return [`-c-${compress}-${count(level, ...range, "level")}`];
}

function oneOf<Key extends string>(table: Readonly<Record<Key, unknown>>, key: Key, field: string) {
  if (Object.hasOwn(table, key)) return key;
  throw invalid(field, `must be one of ${Object.keys(table).join(", ")}`);
}

function count(value: number, least: number, most: number, field: string): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw invalid(field, `must be a whole number from ${least} to ${most}, not ${shown(value)}`);
}

/** With the quotes of a text, which are the trap. */
const shown = (value: unknown): string =>
  typeof value === "string" ? JSON.stringify(value.slice(0, 40)) : shownValue(value);

const invalid = (field: string, problem: string): PatchError =>
  new PatchError("INVALID_ARGUMENT", `${field} ${problem}`, { field });

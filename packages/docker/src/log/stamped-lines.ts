import type { LogLine } from "@potassium/core-types";
import type { Frame } from "./frames.js";

/** Longer lines are cut into pieces. */
const maxLineBytes = 1024 * 1024;

/** More than any time takes. */
const maxStampBytes = 64;

const newline = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

/** A line that has not ended yet. Engines split long ones into records of 16 KiB, each with a time. */
interface OpenLine {
  time: string;
  readonly pieces: Uint8Array[];
  bytes: number;
}

type OpenLines = Record<LogLine["stream"], OpenLine | undefined>;

/**
 * Puts the lines of a log together whose records begin with their time. A record without a line end is
 * continued by the next one of its stream; characters may be split between them.
 */
export async function* stampedLines(
  source: AsyncIterable<readonly Frame[]>,
): AsyncGenerator<readonly LogLine[]> {
  const open: OpenLines = { stdout: undefined, stderr: undefined };
  for await (const records of source) {
    const lines: LogLine[] = [];
    for (const record of records) takeRecord(record, open, lines);
    if (lines.length > 0) yield lines;
  }
  const left = [open.stdout && toLogLine("stdout", open.stdout)];
  left.push(open.stderr && toLogLine("stderr", open.stderr));
  const last = left.filter((line) => line !== undefined);
  if (last.length > 0) yield last;
}

/** Puts the line that a record ends, if any, behind the others. */
function takeRecord({ stream, bytes }: Frame, open: OpenLines, lines: LogLine[]): void {
  const { time, start } = stamp(bytes);
  const ended = bytes[bytes.length - 1] === newline;
  const end = bytes.length - (ended ? 1 : 0);
  if (ended && open[stream] === undefined) {
    // Nearly every line: one record, and nothing of it has to be kept.
    lines.push(textLine(stream, time, bytes, start, end));
    return;
  }
  const line = open[stream] ?? { time, pieces: [], bytes: 0 };
  line.pieces.push(Uint8Array.from(bytes.subarray(start, end)));
  line.bytes += end - start;
  open[stream] = ended ? undefined : line;
  if (!ended && line.bytes >= maxLineBytes) open[stream] = splitOff(line);
  else if (!ended) return;
  lines.push(toLogLine(stream, line));
}

/** Takes the beginning of a character whose end has not come off the line, for the next one. */
function splitOff(line: OpenLine): OpenLine | undefined {
  const whole = Buffer.concat(line.pieces.splice(0), line.bytes);
  const cut = whole.length - unfinishedBytes(whole);
  line.pieces.push(whole.subarray(0, cut));
  line.bytes = cut;
  const rest = whole.subarray(cut);
  return rest.length === 0 ? undefined : { time: line.time, pieces: [rest], bytes: rest.length };
}

/** How many bytes at the end are the beginning of a UTF-8 character. */
function unfinishedBytes(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0b1100_0000) === 0b1000_0000) continue;
    const length = byte >= 0b1111_0000 ? 4 : byte >= 0b1110_0000 ? 3 : byte >= 0b1100_0000 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

function toLogLine(stream: LogLine["stream"], { time, pieces, bytes }: OpenLine): LogLine {
  return textLine(stream, time, Buffer.concat(pieces, bytes), 0, bytes);
}

function textLine(
  stream: LogLine["stream"],
  time: string,
  bytes: Buffer,
  start: number,
  end: number,
): LogLine {
  const carriage = end > start && bytes[end - 1] === carriageReturn ? 1 : 0;
  return Object.freeze({ stream, time, text: bytes.toString("utf8", start, end - carriage) });
}

/** The time at the beginning of a record, and where its text starts. */
function stamp(bytes: Buffer): { time: string; start: number } {
  let end = 0;
  while (end < maxStampBytes && end < bytes.length && bytes[end] !== blank) end += 1;
  const time = bytes[end] === blank ? utcTime(bytes.toString("latin1", 0, end)) : undefined;
  return time === undefined
    ? { time: new Date(0).toISOString(), start: 0 }
    : { time, start: end + 1 };
}

/** RFC 3339 in UTC, with the digits that the engine gave. */
function utcTime(text: string): string | undefined {
  const [, zone] = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)$/.exec(text) ?? [];
  if (zone === undefined || zone === "Z") return zone === undefined ? undefined : text;
  const milliseconds = Date.parse(text);
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}

import type { LogLine } from "@potassium/core-types";
import type { Frame } from "./frames.js";

/** Longer lines are cut into pieces. */
const maxLineBytes = 1024 * 1024;

const newline = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;

/** A line that has not ended yet. Engines split long ones into records of 16 KiB, each with a time. */
interface OpenLine {
  time: string;
  readonly pieces: Uint8Array[];
  bytes: number;
}

/**
 * Puts the lines of a log together whose records begin with their time. A record without a line end is
 * continued by the next one of its stream; characters may be split between them.
 */
export async function* stampedLines(source: AsyncIterable<Frame>): AsyncGenerator<LogLine> {
  const open: Record<LogLine["stream"], OpenLine | undefined> = {
    stdout: undefined,
    stderr: undefined,
  };
  for await (const { stream, bytes } of source) {
    const { time, start } = stamp(bytes);
    const ended = bytes[bytes.length - 1] === newline;
    const piece = bytes.subarray(start, ended ? -1 : undefined);
    if (ended && open[stream] === undefined) {
      // Nearly every line: one record, and nothing of it has to be kept.
      yield textLine(stream, time, bufferOf(piece));
      continue;
    }
    const line = open[stream] ?? { time, pieces: [], bytes: 0 };
    line.pieces.push(Uint8Array.from(piece));
    line.bytes += piece.length;
    open[stream] = ended ? undefined : line;
    if (ended) yield toLogLine(stream, line);
    else if (line.bytes >= maxLineBytes) {
      open[stream] = splitOff(line);
      yield toLogLine(stream, line);
    }
  }
  for (const stream of ["stdout", "stderr"] as const) {
    const line = open[stream];
    if (line !== undefined) yield toLogLine(stream, line);
  }
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
  return textLine(stream, time, Buffer.concat(pieces, bytes));
}

function textLine(stream: LogLine["stream"], time: string, text: Buffer): LogLine {
  const end = text.length - (text[text.length - 1] === carriageReturn ? 1 : 0);
  return Object.freeze({ stream, time, text: text.toString("utf8", 0, end) });
}

/** The same bytes, not a copy. */
function bufferOf({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** The time at the beginning of a record, and where its text starts. */
function stamp(bytes: Uint8Array): { time: string; start: number } {
  const head = bufferOf(bytes.subarray(0, 64));
  const end = head.indexOf(blank);
  const text = head.toString("latin1", 0, Math.max(0, end));
  const time = utcTime(text);
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

import {
  type LogLine,
  type LogsOptions,
  ProviderError,
  parseInput,
  Timestamp,
} from "@potassium/core-types";

/** Which lines of a log are wanted, checked. */
export interface LogWindow {
  readonly tail: number;
  /** Milliseconds of the epoch, this one included. */
  readonly since: number;
  /** Milliseconds of the epoch, this one not included. */
  readonly until: number;
}

/** @throws {ProviderError} `INVALID_ARGUMENT` with the `field` at fault. */
export function parseLogWindow({ tail, since, until }: LogsOptions): LogWindow {
  if (tail !== undefined && !(Number.isSafeInteger(tail) && tail >= 0)) {
    throw new ProviderError(
      "INVALID_ARGUMENT",
      "invalid log options: tail: must be a whole number from 0",
      {
        field: "tail",
      },
    );
  }
  return {
    tail: tail ?? Number.POSITIVE_INFINITY,
    since: since === undefined ? Number.NEGATIVE_INFINITY : moment(since, "since"),
    until: until === undefined ? Number.POSITIVE_INFINITY : moment(until, "until"),
  };
}

/** Whether the line falls between the window's moments. */
export function isWithin(line: LogLine, window: LogWindow): boolean {
  const time = Date.parse(line.time);
  return time >= window.since && time < window.until;
}

/** The window's part of the lines. */
export async function selectLines(
  lines: AsyncIterable<LogLine>,
  window: LogWindow,
): Promise<LogLine[]> {
  const selected: LogLine[] = [];
  for await (const line of lines) {
    if (!isWithin(line, window)) continue;
    selected.push(line);
    // Cut now and then, and not for each line.
    if (selected.length > 2 * window.tail + 1000) selected.splice(0, selected.length - window.tail);
  }
  return window.tail === 0 ? [] : selected.slice(-window.tail);
}

function moment(text: string, field: string): number {
  return Date.parse(
    parseInput(Timestamp, text, "log options", (message) => {
      const named = message.replace("invalid log options: ", `invalid log options: ${field}: `);
      return new ProviderError("INVALID_ARGUMENT", named, { field });
    }),
  );
}

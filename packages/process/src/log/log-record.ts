import type { LogLine } from "@potassium/core-types";

/** A log line as it stands in a log file: `2026-01-02T03:04:05.678Z stdout text`. */
export function formatLogRecord(line: LogLine): string {
  return `${line.time} ${line.stream} ${line.text}\n`;
}

/** @returns `undefined` for what is no record: half of one, left by a full disk or a power loss. */
export function parseLogRecord(record: string): LogLine | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (stdout|stderr) (.*)$/s.exec(record);
  if (match === null) return undefined;
  const [, time = "", stream, text = ""] = match;
  return Object.freeze({ stream: stream === "stderr" ? "stderr" : "stdout", text, time });
}

import type { LogLine } from "@potassium/core-types";
import type { LogReader } from "./log-reader.js";
import type { LogSignal } from "./log-signal.js";
import { isWithin, type LogWindow, selectLines } from "./log-window.js";

/** The window's part of the log so far, and then each line as it comes, until the log is complete. */
export async function* followLog(
  reader: LogReader,
  wake: LogSignal,
  window: LogWindow,
  signal?: AbortSignal,
): AsyncGenerator<LogLine, void, undefined> {
  await reader.hold();
  if (Number.isFinite(window.tail)) yield* await selectLines(reader.available(), window);
  for (;;) {
    signal?.throwIfAborted();
    // Both are looked at before the files: what is added after that wakes this up again.
    const { version, complete } = wake;
    await reader.hold();
    for await (const line of reader.available()) {
      signal?.throwIfAborted();
      if (isWithin(line, window)) yield line;
    }
    if (complete) return;
    await wake.after(version, signal);
  }
}

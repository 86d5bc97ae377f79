import { type FileHandle, open } from "node:fs/promises";
import type { LogLine } from "@potassium/core-types";
import { KeyedMutex, LineDecoder } from "@potassium/core-types/provider-kit";
import { listLogFiles, logFilePath } from "./log-files.js";
import { parseLogRecord } from "./log-record.js";

interface HeldFile {
  readonly number: number;
  readonly handle: FileHandle;
  readonly decoder: LineDecoder;
}

/**
 * Reads a server's log from its oldest line on, as far as it has been written, again and again. What
 * it holds open it can read to the end, even if the file is taken away meanwhile.
 */
export class LogReader {
  readonly #folder: string;
  readonly #mutex = new KeyedMutex();
  #held: HeldFile[] = [];
  #newest = -1;
  #closed = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Opens the files that have come since the last time. */
  hold(): Promise<void> {
    return this.#mutex.run("", async () => {
      if (this.#closed) return;
      for (const number of listLogFiles(this.#folder)) {
        if (number > this.#newest) await this.#open(number);
      }
    });
  }

  /** The lines from where the last call ended, to the end of the files that are held. */
  async *available(): AsyncGenerator<LogLine, void, undefined> {
    for (;;) {
      const [file] = this.#held;
      if (file === undefined) return;
      // If there is a newer file now, this one is complete, and can be read to its end for good.
      const complete = this.#held.length > 1;
      yield* readOn(file);
      if (!complete) return;
      this.#held.shift();
      await file.handle.close();
    }
  }

  async close(): Promise<void> {
    await this.#mutex.run("", async () => {
      this.#closed = true;
      await Promise.all(this.#held.map(({ handle }) => handle.close()));
      this.#held = [];
    });
  }

  async #open(number: number): Promise<void> {
    try {
      const handle = await open(logFilePath(this.#folder, number), "r");
      const decoder = new LineDecoder({ maxLineBytes: 1024 * 1024, keepCarriageReturn: true });
      this.#held.push({ number, handle, decoder });
      this.#newest = number;
    } catch (error) {
      // Rotated away since it was listed.
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    }
  }
}

async function* readOn({ handle, decoder }: HeldFile): AsyncGenerator<LogLine, void, undefined> {
  const buffer = Buffer.alloc(64 * 1024);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, buffer.length);
    if (bytesRead === 0) return;
    for (const record of decoder.push(buffer.subarray(0, bytesRead))) {
      const line = parseLogRecord(record);
      if (line !== undefined) yield line;
    }
  }
}

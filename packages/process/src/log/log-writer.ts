import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import type { LogLine } from "@potassium/core-types";
import { listLogFiles, logFilePath } from "./log-files.js";
import { formatLogRecord } from "./log-record.js";

/**
 * Writes a server's log within bounds: the newest two files, each up to half of the limit.
 *
 * It writes at once and waits for the disk: so what a server said before it crashed is there, and one
 * that writes faster than the disk is slowed down by its pipe instead of filling the memory.
 */
export class LogWriter {
  readonly #folder: string;
  readonly #maxFileBytes: number;
  #number: number;
  #file: number;
  #size = 0;
  #torn = false;
  #closed = false;

  constructor(folder: string, limitBytes: number) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#folder = folder;
    this.#maxFileBytes = Math.floor(limitBytes / 2);
    // An older file may end in half a record.
    this.#number = (listLogFiles(folder).at(-1) ?? 0) + 1;
    this.#file = this.#open();
  }

  /** Lines that the disk has no room for are lost; the server goes on. */
  append(lines: readonly LogLine[]): void {
    let batch = "";
    let batchBytes = 0;
    for (const line of lines) {
      const record = formatLogRecord(line);
      const bytes = Buffer.byteLength(record);
      if (this.#size + batchBytes + bytes > this.#maxFileBytes && this.#size + batchBytes > 0) {
        this.#write(batch, batchBytes);
        batch = "";
        batchBytes = 0;
        this.#rotate();
      }
      batch += record;
      batchBytes += bytes;
    }
    this.#write(batch, batchBytes);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    closeSync(this.#file);
  }

  #write(text: string, bytes: number): void {
    if (bytes === 0 || this.#closed) return;
    try {
      const written = writeSync(this.#file, this.#torn ? `\n${text}` : text);
      this.#size += written;
      this.#torn = written < bytes;
    } catch {
      this.#torn = true;
    }
  }

  #rotate(): void {
    const full = this.#file;
    this.#number += 1;
    try {
      this.#file = this.#open();
      closeSync(full);
      this.#size = 0;
      this.#torn = false;
    } catch {
      // No room for another file: what does not fit is lost until there is.
      this.#number -= 1;
    }
  }

  #open(): number {
    const file = openSync(logFilePath(this.#folder, this.#number), "wx", 0o600);
    for (const number of listLogFiles(this.#folder).slice(0, -2)) {
      rmSync(logFilePath(this.#folder, number), { force: true });
    }
    return file;
  }
}

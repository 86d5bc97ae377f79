import { appendFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LogLine } from "@potassium/core-types";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { LogReader } from "../../src/log/log-reader.js";
import { selectLines } from "../../src/log/log-window.js";
import { LogWriter } from "../../src/log/log-writer.js";
import { temporaryFolder } from "../temporary-folder.js";

const everything = { tail: Number.POSITIVE_INFINITY, since: -Infinity, until: Infinity };
const time = "2026-01-02T03:04:05.678Z";
const lineOf = (text: string): LogLine => ({ stream: "stdout", text, time });

async function read(reader: LogReader): Promise<string[]> {
  await reader.hold();
  return (await selectLines(reader.available(), everything)).map(({ text }) => text);
}

test("a log keeps within its limit, and what it keeps are its newest lines", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(400), { minLength: 1, maxLength: 8 }), {
        minLength: 1,
        maxLength: 12,
      }),
      async (batches) => {
        await using folder = await temporaryFolder();
        const log = new LogWriter(folder.path, 4096);
        const written: string[] = [];
        for (const lengths of batches) {
          const texts = lengths.map((length, index) =>
            `${written.length + index}`.padEnd(length, "x"),
          );
          log.append(texts.map(lineOf));
          written.push(...texts);
        }
        log.close();
        const sizes = readdirSync(folder.path).map(
          (name) => statSync(join(folder.path, name)).size,
        );
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(4096);
        const reader = new LogReader(folder.path);
        const kept = await read(reader);
        await reader.close();
        expect(kept.length).toBeGreaterThan(0);
        expect(kept).toEqual(written.slice(-kept.length));
      },
    ),
    { numRuns: 30 },
  );
});

test("a reader goes on where it ended, and misses nothing that it held when it was rotated away", async () => {
  await using folder = await temporaryFolder();
  const log = new LogWriter(folder.path, 2048);
  const reader = new LogReader(folder.path);
  log.append([lineOf("first")]);
  expect(await read(reader)).toEqual(["first"]);
  log.append([lineOf("second")]);
  await reader.hold();
  for (let index = 0; index < 40; index += 1) log.append([lineOf(`${index}`.padEnd(200, "x"))]);
  const lines = await read(reader);
  expect(lines[0]).toBe("second");
  expect(lines.at(-1)).toMatch(/^39x/);
  await reader.close();
  log.close();
});

test("half of a record, as a power loss leaves it, is passed over, and a new writer begins a new file", async () => {
  await using folder = await temporaryFolder();
  const before = new LogWriter(folder.path, 4096);
  before.append([lineOf("whole")]);
  before.close();
  const [name = ""] = readdirSync(folder.path);
  appendFileSync(join(folder.path, name), `${time} stdout ha`);
  const after = new LogWriter(folder.path, 4096);
  after.append([lineOf("new")]);
  after.close();
  const reader = new LogReader(folder.path);
  expect(await read(reader)).toEqual(["whole", "new"]);
  await reader.close();
});

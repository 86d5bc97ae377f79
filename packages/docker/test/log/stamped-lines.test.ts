import type { LogLine } from "@potassium/core-types";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Frame } from "../../src/log/frames.js";
import { stampedLines } from "../../src/log/stamped-lines.js";
import { collectAll } from "./pieces.js";

const time = "2026-01-02T03:04:05.123456789Z";
const later = "2026-01-02T03:04:06.000000001Z";

type Record = readonly [stream: Frame["stream"], time: string, text: string | Uint8Array];

/** In batches of so many. */
async function* records(list: readonly Record[], size: number): AsyncGenerator<readonly Frame[]> {
  const frames = list.map(([stream, stamp, text]) => ({
    stream,
    bytes: Buffer.concat([Buffer.from(`${stamp} `), Buffer.from(text as string)]),
  }));
  for (let at = 0; at < frames.length; at += size) yield frames.slice(at, at + size);
}

/** However the records come together, the lines are the same. */
async function read(...list: Record[]): Promise<LogLine[]> {
  const together = await collectAll(stampedLines(records(list, 1000)));
  const apart = await collectAll(stampedLines(records(list, 1)));
  expect(apart).toEqual(together);
  return together;
}

test("a line has the time that its record begins with, to the nanosecond", async () => {
  expect(await read(["stderr", time, "two words\n"])).toEqual([
    { stream: "stderr", time, text: "two words" },
  ]);
});

test("records of 16 KiB are one line with the first one's time, of each stream apart", async () => {
  const part = "x".repeat(16_384);
  const lines = await read(
    ["stdout", time, part],
    ["stderr", time, "between\n"],
    ["stdout", later, part],
    ["stdout", later, "end\n"],
  );
  expect(lines).toEqual([
    { stream: "stderr", time, text: "between" },
    { stream: "stdout", time, text: `${part}${part}end` },
  ]);
});

test("a character that is split between two records stays whole", async () => {
  const bytes = Buffer.from("ä€😀");
  for (let at = 0; at <= bytes.length; at += 1) {
    const end = Buffer.concat([bytes.subarray(at), Buffer.from("\n")]);
    const lines = await read(["stdout", time, bytes.subarray(0, at)], ["stdout", time, end]);
    expect(lines.map(({ text }) => text)).toEqual(["ä€😀"]);
  }
});

test("an overlong line is cut between characters, and nothing of it is lost", async () => {
  const text = `a${"€".repeat(800_000)}`;
  const bytes = Buffer.from(`${text}\n`);
  const list: Record[] = [];
  for (let at = 0; at < bytes.length; at += 16_384) {
    list.push(["stdout", time, bytes.subarray(at, at + 16_384)]);
  }
  const lines = await read(...list);
  expect(lines.length).toBeGreaterThan(1);
  expect(lines.map((line) => line.text).join("") === text).toBe(true);
});

test("the carriage return of a line end is no part of the line", async () => {
  const lines = await read(["stdout", time, "dos\r\n"], ["stdout", time, "in\rside\n"]);
  expect(lines.map(({ text }) => text)).toEqual(["dos", "in\rside"]);
});

test("a last line without a line end is given, and an empty one as well", async () => {
  const lines = await read(["stdout", time, "\n"], ["stderr", time, "no end"]);
  expect(lines.map(({ text }) => text)).toEqual(["", "no end"]);
});

test("times in whole seconds stay as they are, and those with an offset become UTC", async () => {
  const lines = await read(
    ["stdout", "2026-01-02T03:04:05Z", "a\n"],
    ["stdout", "2026-01-02T05:04:05+02:00", "b\n"],
    ["stdout", "2026-01-02T05:04:05.5+02:00", "c\n"],
  );
  expect(lines.map((line) => line.time)).toEqual([
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05.000Z",
    "2026-01-02T03:04:05.500Z",
  ]);
});

test("a record without a time keeps its whole text, also where it begins like a year", async () => {
  const bytes = Buffer.from("2026 players\n");
  const source = (async function* () {
    yield [{ stream: "stdout", bytes } as const];
  })();
  expect(await collectAll(stampedLines(source))).toMatchObject([{ text: "2026 players" }]);
});

test("however lines are cut into records, they come out whole and frozen", async () => {
  const line = fc.string({ unit: "grapheme" }).map((text) => text.replace(/[\r\n]/g, ""));
  const law = fc.asyncProperty(
    fc.array(line),
    fc.integer({ min: 1, max: 9 }),
    async (list, size) => {
      const cut = list.flatMap((text): Record[] => {
        const bytes = Buffer.from(`${text}\n`);
        const count = Math.ceil(bytes.length / size);
        return Array.from({ length: count }, (_, index) => [
          "stdout",
          time,
          bytes.subarray(index * size, (index + 1) * size),
        ]);
      });
      const lines = await read(...cut);
      expect(lines.map(({ text }) => text)).toEqual(list);
      expect(lines.every((given) => Object.isFrozen(given))).toBe(true);
    },
  );
  await fc.assert(law);
});

import type { LogLine } from "@potassium/core-types";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { parseLogWindow, selectLines } from "../../src/log/log-window.js";

async function* stream(lines: readonly LogLine[]) {
  yield* lines;
}

test("a window gives what a naive filter gives", async () => {
  const second = fc.integer({ min: 0, max: 59 });
  const moment = (value: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, value)).toISOString();
  await fc.assert(
    fc.asyncProperty(
      fc.array(second),
      fc.option(fc.nat(30), { nil: undefined }),
      fc.option(second, { nil: undefined }),
      fc.option(second, { nil: undefined }),
      async (seconds, tail, since, until) => {
        const lines = seconds.map(
          (value, index): LogLine => ({ stream: "stdout", text: `${index}`, time: moment(value) }),
        );
        const options = {
          tail,
          since: since === undefined ? undefined : moment(since),
          until: until === undefined ? undefined : moment(until),
        };
        const within = lines.filter(
          ({ time }) =>
            (options.since === undefined || time >= options.since) &&
            (options.until === undefined || time < options.until),
        );
        const expected =
          tail === undefined ? within : within.slice(Math.max(0, within.length - tail));
        expect(await selectLines(stream(lines), parseLogWindow(options))).toEqual(expected);
      },
    ),
  );
});

test("a long log gives its tail", async () => {
  const lines = Array.from(
    { length: 5000 },
    (_, index): LogLine => ({
      stream: "stdout",
      text: `${index}`,
      time: "2026-01-01T00:00:00.000Z",
    }),
  );
  const tail = await selectLines(stream(lines), parseLogWindow({ tail: 2 }));
  expect(tail.map(({ text }) => text)).toEqual(["4998", "4999"]);
});

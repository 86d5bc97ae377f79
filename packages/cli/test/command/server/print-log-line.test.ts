import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { printLogLine } from "../../../src/command/server/print-log-line.js";
import { Output } from "../../../src/output/output.js";
import { styleFor } from "../../../src/output/style.js";
import { TextStream } from "../../../src/output/text-stream.js";
import { noProgress } from "../../../src/progress/progress.js";

const hostile = "\u001b[2Jwiped";

/** What arrives where, of one line to each stream. */
async function printed(terminal: "stdout" | "stderr") {
  const stream = (name: string) => Object.assign(new PassThrough(), { isTTY: name === terminal });
  const [stdout, stderr] = [stream("stdout"), stream("stderr")];
  const output = new Output({
    ...{ stdout: new TextStream(stdout), stderr: new TextStream(stderr) },
    ...{ progress: noProgress, style: styleFor({}, {}), json: false, quiet: false },
  });
  for (const name of ["stdout", "stderr"] as const) {
    const line = { time: "2026-01-02T03:04:05Z", stream: name, text: hostile };
    await printLogLine(output, line, false);
  }
  return { stdout: String(stdout.read()), stderr: String(stderr.read()) };
}

test("a line is made safe for the terminal that it goes to, and is as it is in a file", async () => {
  // With stdout in a file, lines of stderr once came to the terminal as they were.
  expect(await printed("stderr")).toEqual({ stdout: `${hostile}\n`, stderr: "?[2Jwiped\n" });
  expect(await printed("stdout")).toEqual({ stdout: "?[2Jwiped\n", stderr: `${hostile}\n` });
});

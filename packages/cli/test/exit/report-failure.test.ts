import { PassThrough } from "node:stream";
import { PotassiumError } from "@potassium/core-types";
import { expect, test } from "vitest";
import { failureOf } from "../../src/exit/failure.js";
import { reportFailure } from "../../src/exit/report-failure.js";
import { styleFor } from "../../src/output/style.js";
import { TextStream } from "../../src/output/text-stream.js";

async function report(error: unknown, options: { json?: boolean; verbose?: boolean } = {}) {
  const out = new PassThrough();
  const err = new PassThrough();
  const { json = false, verbose = false } = options;
  await reportFailure(failureOf(error), error, {
    stdout: new TextStream(out),
    stderr: new TextStream(err),
    style: styleFor({}, {}),
    json,
    verbose,
  });
  const text = (stream: PassThrough) => String(stream.read() ?? "");
  return { stdout: text(out), stderr: text(err) };
}

const deep = new PotassiumError("IO_ERROR", "the file can't be read", {
  cause: Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" }),
});

test("an error is one line, whatever is in its message", async () => {
  const message = "it said:\n\u001b[31mred\r\n\tand more.";
  const { stderr } = await report(new PotassiumError("START_FAILED", message));
  expect(stderr).toBe(
    "potassium: it said: ?[31mred and more. Correct the image, command or environment.\n",
  );
});

test("--verbose prints the causes", async () => {
  expect((await report(deep)).stderr).not.toContain("EACCES");
  expect((await report(deep, { verbose: true })).stderr.split("\n")[1]).toBe(
    "  caused by Error [EACCES]: EACCES: permission denied",
  );
});

test("--verbose lists the paths that are at fault", async () => {
  const error = Object.assign(new PotassiumError("REPAIR_NEEDED", "it is broken off"), {
    problems: [{ path: "data/a.pak", problem: "is neither the old nor the new one" }],
  });
  expect((await report(error)).stderr).toContain("--verbose lists the paths.");
  const { stderr } = await report(error, { verbose: true });
  expect(stderr).toContain("\n  data/a.pak: is neither the old nor the new one\n");
});

test("--json is a document on stdout, with the causes if --verbose is there too", async () => {
  const short = await report(deep, { json: true });
  expect(short.stderr).toBe("");
  expect(JSON.parse(short.stdout)).toEqual({ error: failureOf(deep) });
  const long = await report(deep, { json: true, verbose: true });
  expect(JSON.parse(long.stdout).error.causes).toEqual([
    "caused by Error [EACCES]: EACCES: permission denied",
  ]);
});

test("where an unexpected error happened is told by --verbose", async () => {
  const { stderr } = await report(new TypeError("oops"), { verbose: true });
  expect(stderr).toMatch(/^potassium: oops\. .*\n {2}at .*report-failure\.test/);
});

test("a message that ends in a question gets no full stop on top", async () => {
  const { stderr } = await report(new PotassiumError("UNAVAILABLE", "no answer: is it running?"));
  expect(stderr).toMatch(/^potassium: no answer: is it running\? Check /);
});

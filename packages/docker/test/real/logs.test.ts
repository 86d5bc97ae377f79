import { setImmediate } from "node:timers/promises";
import type { LogLine } from "@potassium/core-types";
import { expect, test } from "vitest";
import type { DockerProvider } from "../../src/index.js";
import { describeEngines } from "../engines.js";
import { ownProgram } from "./own-program.js";
import { askRaw } from "./raw-engine.js";
import { scratch } from "./scratch.js";

/** Reads on until a line is the last one; each line goes through `take` first, which may be slow. */
async function followUntil(
  provider: DockerProvider,
  id: string,
  last: string,
  take: (line: LogLine) => Promise<void> | void,
): Promise<void> {
  const signal = AbortSignal.timeout(50_000);
  for await (const line of provider.followLogs(id, { signal })) {
    await take(line);
    if (line.text === last) return;
  }
  throw new Error(`the log ended without ${last}`);
}

const count = 100_000;
const many = ["--print", String(count)];
const expected = Array.from({ length: count }, (_, index) => `line ${index + 1}`);
const isNumbered = ({ text }: LogLine) => /^line \d+$/.test(text);

describeEngines((engine) => {
  const { image, host } = engine;

  test("100,000 lines are followed without loss or repetition, whatever frames they come in", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image, command: many });
    const lines: string[] = [];
    await followUntil(ours.provider, id, "ready", (line) => {
      if (isNumbered(line)) lines.push(line.text);
    });
    expect(lines.length).toBe(count);
    expect(lines.every((text, index) => text === expected[index])).toBe(true);
    const read = (await ours.provider.logs(id)).filter(isNumbered);
    expect(read.length).toBe(count);
    const tail = await ours.provider.logs(id, { tail: 3 });
    expect(tail.map(({ text }) => text)).toEqual([`line ${count - 1}`, `line ${count}`, "ready"]);
  });

  test("a slow reader gets every line, and holds up the engine rather than filling memory", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image, command: many });
    let read = 0;
    let wrong = 0;
    await followUntil(ours.provider, id, "ready", async (line) => {
      if (!isNumbered(line)) return;
      if (line.text !== expected[read]) wrong += 1;
      read += 1;
      // Lets sockets deliver what they have before each hundredth line is done with.
      if (read % 100 === 0) for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    });
    expect([read, wrong]).toEqual([count, 0]);
  });

  test("a line of 100 KB, which engines split into records, is one line", async () => {
    await using ours = scratch(engine);
    // Docker cuts at bytes, and spoils the characters on which it cuts before anybody can read them.
    const piece = engine.name === "docker" ? "abcdefghij" : "ü€😀x";
    const code = `process.stdout.write("<" + "${piece}".repeat(10_000) + ">\\n");`;
    const readiness = { type: "log", pattern: "^ready$" } as const;
    const { id } = await ours.provider.allocate({
      image,
      environment: ownProgram(code),
      readiness,
    });
    const wanted = `<${piece.repeat(10_000)}>`;
    const found = (await ours.provider.logs(id)).filter(({ text }) => text.startsWith("<"));
    expect(found.map(({ text }) => text === wanted)).toEqual([true]);
    const followed: string[] = [];
    await followUntil(ours.provider, id, "ready", ({ text }) => void followed.push(text));
    expect(followed).toContain(wanted);
  });

  test("a line of 40 KiB in characters of three bytes is one line, spoiled at most where Docker cuts it", async () => {
    await using ours = scratch(engine);
    const wanted = `<${"€".repeat(13_700)}>`;
    const code = `process.stdout.write("<" + "€".repeat(13_700) + ">\\n");`;
    const readiness = { type: "log", pattern: "^ready$" } as const;
    const { id } = await ours.provider.allocate({
      image,
      environment: ownProgram(code),
      readiness,
    });
    const found = (await ours.provider.logs(id)).filter(({ text }) => text.startsWith("<"));
    expect(found).toHaveLength(1);
    const [text = ""] = found.map((line) => line.text);
    if (engine.name === "podman") {
      expect(text === wanted).toBe(true);
      return;
    }
    // Docker's json-file driver writes each record of 16 KiB as text of its own: the character on its end is
    // U+FFFD for each of its bytes or parts before anybody can read it. All others are whole.
    const cuts = Math.floor(Buffer.byteLength(wanted) / 16_384);
    const parts = text.split(/\ufffd+/);
    expect(parts.length - 1).toBeLessThanOrEqual(cuts);
    expect(parts.join("").length).toBeGreaterThanOrEqual(wanted.length - cuts);
    expect(parts.join("").replaceAll("€", "")).toBe("<>");
  });

  test("UTF-8 that is written byte by byte, stderr and a last line without an end come out whole", async () => {
    await using ours = scratch(engine);
    const code = `const { writeSync } = require("node:fs");
      for (const byte of Buffer.from("grüße 😀\\n")) writeSync(1, Buffer.from([byte]));
      writeSync(2, "aua\\r\\n\\n");
      process.on("exit", () => writeSync(1, "no end"));
      setTimeout(() => process.exit(3), 300);`;
    const environment = ownProgram(
      `import { createRequire } from "node:module"; const require = createRequire("/"); ${code}`,
    );
    const { id } = await ours.provider.allocate({ image, environment });
    const signal = AbortSignal.timeout(20_000);
    const lines: LogLine[] = [];
    for await (const line of ours.provider.followLogs(id, { signal })) {
      lines.push(line);
      if (line.text === "no end") break;
    }
    const told = lines.map(({ stream, text }) => `${stream} ${text}`);
    expect(told).toContain("stdout grüße 😀");
    expect(told.filter((text) => text.startsWith("stderr"))).toEqual(["stderr aua", "stderr "]);
    expect(told.at(-1)).toBe("stdout no end");
  });

  test("followLogs() goes on across a restart without a repetition, and ends with the server", async () => {
    await using ours = scratch(engine);
    const { provider } = ours;
    const readiness = { type: "log", pattern: "^ready$" } as const;
    const { id } = await provider.allocate({ image, readiness });
    const texts: string[] = [];
    const following = (async () => {
      for await (const { text } of provider.followLogs(id)) texts.push(text);
    })();
    await provider.restart(id);
    await askRaw(host, "POST", `/containers/${id}/stop?t=5`);
    await provider.restart(id);
    await provider.deallocate(id);
    await following;
    const count = (wanted: string) => texts.filter((text) => text.startsWith(wanted)).length;
    expect([count("started "), count("ready"), count("terminating")]).toEqual([3, 3, 3]);
  });

  test("a reader that leaves in the middle of 100,000 lines holds nothing up", async () => {
    await using ours = scratch(engine);
    const { id } = await ours.provider.allocate({ image, command: many });
    for await (const line of ours.provider.followLogs(id)) {
      if (line.text === "line 10") break;
    }
    await ours.provider.deallocate(id);
    expect(await ours.provider.list()).toEqual([]);
  });
});

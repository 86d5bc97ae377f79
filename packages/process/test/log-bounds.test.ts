import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { ProcessProvider } from "@potassium/process";
import { expect, test } from "vitest";
import { game } from "./game.js";
import { serverTraces } from "./server-traces.js";
import { temporaryFolder } from "./temporary-folder.js";
import { waitUntil } from "./wait-until.js";

const limit = 65_536;

test("a server that floods its output keeps within the log's bounds, and its newest lines are there", async () => {
  await using state = await temporaryFolder();
  await using provider = new ProcessProvider({
    images: { game },
    stateFolder: state.path,
    logLimitBytes: limit,
  });
  const { id } = await provider.allocate({
    image: "game",
    command: ["repeat 20000 a line of the flood", "say over", "wait"],
    readiness: { type: "log", pattern: "^over$" },
  });
  const folder = join(serverTraces(state.path, id).folder, "log");
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name)).size);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(limit);
  const texts = (await provider.logs(id)).map(({ text }) => text);
  expect(texts.slice(-2)).toEqual(["20000 a line of the flood", "over"]);
  const numbers = texts.slice(0, -1).map((text) => Number.parseInt(text, 10));
  const first = numbers[0] ?? 0;
  expect(first).toBeGreaterThan(1);
  expect(numbers).toEqual(numbers.map((_, index) => first + index));
});

test("a follower that keeps up misses nothing of a flood, across rotated files", async () => {
  await using provider = new ProcessProvider({ images: { game }, logLimitBytes: 1024 * 1024 });
  const { id } = await provider.allocate({ image: "game" });
  const filler = "x".repeat(9000);
  const numbers: number[] = [];
  const reading = (async () => {
    for await (const { text } of provider.followLogs(id)) {
      if (text.endsWith(filler)) numbers.push(Number.parseInt(text.slice("said ".length), 10));
    }
  })();
  const sent = Array.from({ length: 300 }, (_, index) => index);
  for (const number of sent) {
    await provider.sendCommand(id, `say ${number} ${filler}`);
    // Never more behind than one of the two files holds.
    if (number % 30 === 29) {
      await waitUntil("the follower", () => numbers.length > number);
    }
  }
  await provider.deallocate(id);
  await reading;
  expect(numbers).toEqual(sent);
});

test("a line without an end is cut into lines, and none of it is lost", async () => {
  await using provider = new ProcessProvider({ images: { game } });
  const text = "ü".repeat(20_000);
  const { id } = await provider.allocate({
    image: "game",
    command: [`say ${text}`, "say ready", "wait"],
    readiness: { type: "log", pattern: "^ready$" },
  });
  const lines = await provider.logs(id);
  expect(lines.length).toBe(4);
  expect(
    lines
      .slice(0, 3)
      .map((line) => line.text)
      .join(""),
  ).toBe(text);
});

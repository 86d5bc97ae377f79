import assert from "node:assert/strict";
import type { LogLine } from "../../provider/log-line.js";
import { expectCode, rejectionOf } from "../expect-code.js";
import { type ProviderSuite, waitForLine } from "./suite.js";

const readiness = { type: "log", pattern: "^ready$" } as const;

export function testLogs({ check, image }: ProviderSuite): void {
  check("logs() gives whole lines with their stream and time", async (provider) => {
    const { id } = await provider.allocate({ image, readiness });
    await provider.sendCommand(id, "say grüße 🎮");
    await provider.sendCommand(id, "err oh no");
    await waitForLine(provider, id, "said grüße 🎮");
    await waitForLine(provider, id, "said oh no");
    const lines = await provider.logs(id);
    const streams = Object.fromEntries(lines.map(({ text, stream }) => [text, stream]));
    assert.equal(streams["said grüße 🎮"], "stdout");
    assert.equal(streams["said oh no"], "stderr");
    const times = lines
      .filter(({ stream }) => stream === "stdout")
      .map(({ time }) => Date.parse(time));
    assert.ok(times.every((time) => !Number.isNaN(time)));
    assert.deepEqual(
      times,
      times.toSorted((a, b) => a - b),
    );
  });

  check("logs() gives the last lines, and those between two moments", async (provider) => {
    const { id } = await provider.allocate({ image, command: ["--print", "50"], readiness });
    const texts = (lines: readonly LogLine[]) => lines.map(({ text }) => text);
    assert.deepEqual(texts(await provider.logs(id, { tail: 2 })), ["line 50", "ready"]);
    assert.deepEqual(texts(await provider.logs(id, { tail: 0 })), []);
    const all = await provider.logs(id);
    assert.equal(all.length, 52);
    const moment = new Date(Date.parse(all.at(-1)?.time ?? "") + 1).toISOString();
    assert.deepEqual(await provider.logs(id, { since: moment }), []);
    assert.equal((await provider.logs(id, { until: moment })).length, 52);
  });

  check("logs() refuses a bad option with its field", async (provider) => {
    const { id } = await provider.allocate({ image });
    for (const [field, options] of [
      ["tail", { tail: -1 }],
      ["tail", { tail: 1.5 }],
      ["since", { since: "yesterday" }],
      ["until", { until: "2026-13-01T00:00:00Z" }],
    ] as const) {
      const error = await expectCode("INVALID_ARGUMENT", () => provider.logs(id, options));
      assert.equal(error.field, field);
    }
  });

  check(
    "followLogs() gives what was said and what is said next, across a restart",
    async (provider) => {
      const { id } = await provider.allocate({ image, readiness });
      const stream = provider.followLogs(id)[Symbol.asyncIterator]();
      const readUntil = async (text: string) => {
        for (;;) {
          const { value, done } = await stream.next();
          assert.ok(!done, `the stream ended before "${text}"`);
          if (value.text === text) return;
        }
      };
      await readUntil("ready");
      await provider.sendCommand(id, "say one");
      await readUntil("said one");
      await provider.restart(id);
      await readUntil("ready");
      await provider.sendCommand(id, "say two");
      await readUntil("said two");
      await stream.return?.();
    },
  );

  check("followLogs() ends when the server is removed", async (provider) => {
    const { id } = await provider.allocate({ image, readiness });
    const texts: string[] = [];
    const reading = (async () => {
      for await (const { text } of provider.followLogs(id)) texts.push(text);
    })();
    await provider.deallocate(id);
    await reading;
    assert.ok(texts.includes("terminating"), `the last words are missing: ${texts.join(" | ")}`);
  });

  check("followLogs() ends with the signal's reason", async (provider) => {
    const { id } = await provider.allocate({ image, readiness });
    const reason = new Error("enough");
    const controller = new AbortController();
    const stream = provider
      .followLogs(id, { tail: 0, signal: controller.signal })
      [Symbol.asyncIterator]();
    const waiting = stream.next();
    controller.abort(reason);
    assert.equal(await rejectionOf(() => waiting), reason);
  });
}

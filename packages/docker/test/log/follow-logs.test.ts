import { rename } from "node:fs/promises";
import { expect, test } from "vitest";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { followLogs } from "../../src/log/follow-logs.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { begun, json, plain, type Reply } from "../fake-engine/reply.js";
import { frame } from "./pieces.js";

const logs = /^\/containers\/a\/logs$/;
const inspect = /^\/containers\/a\/json$/;

/** What an engine sends of lines that were all said in one second. */
function sent(...texts: readonly string[]): Buffer {
  return Buffer.concat(texts.map((text) => frame(1, `2026-01-02T03:04:05Z ${text}\n`)));
}

/** An engine with a container "a" that runs, until `remove` is called, and whose log `log` answers. */
async function engineWithLog(log: () => Reply) {
  const engine = await FakeEngine.start();
  let there = true;
  const State = { StartedAt: "2026-01-02T03:04:00Z", Running: true };
  engine.on("GET", inspect, () => (there ? json(200, { State }) : json(404, { message: "gone" })));
  engine.on("GET", logs, log);
  const client = engine.client();
  const connection = { client, info: await readEngineInfo(client) };
  const away = `${engine.path}.away`;
  return {
    engine,
    connection,
    remove: () => {
      there = false;
    },
    /** Breaks all connections; new ones find nobody. */
    leave: async () => {
      await rename(engine.path, away);
      engine.dropConnections();
    },
    comeBack: () => rename(away, engine.path),
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  };
}

test("an engine that is away for a while does not end it: it goes on behind the last line", async () => {
  let lines = ["one", "two"];
  await using here = await engineWithLog(() => begun(sent(...lines)));
  const texts: string[] = [];
  for await (const { text } of followLogs(here.connection, "a")) {
    texts.push(text);
    if (text === "two") {
      await here.leave();
      lines = ["one", "two", "three"];
      setTimeout(() => void here.comeBack(), 400);
    }
    if (text === "three") break;
  }
  expect(texts).toEqual(["one", "two", "three"]);
});

test("it ends where the server was removed while the engine was away", async () => {
  await using here = await engineWithLog(() => begun(sent("one")));
  const texts: string[] = [];
  for await (const { text } of followLogs(here.connection, "a")) {
    texts.push(text);
    await here.leave();
    here.remove();
    setTimeout(() => void here.comeBack(), 200);
  }
  expect(texts).toEqual(["one"]);
});

test("an abort while the engine is away rejects with its reason", async () => {
  await using here = await engineWithLog(() => begun(sent("one")));
  const controller = new AbortController();
  const reason = new Error("enough");
  const following = (async () => {
    for await (const _line of followLogs(here.connection, "a", { signal: controller.signal })) {
      await here.leave();
      setTimeout(() => controller.abort(reason), 100);
    }
  })();
  await expect(following).rejects.toBe(reason);
});

test("an engine that answers and refuses is no engine that is away: the refusal is told", async () => {
  await using here = await engineWithLog(() => plain(500, "the log is broken"));
  await expect(followLogs(here.connection, "a").next()).rejects.toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringContaining("the log is broken"),
  });
});

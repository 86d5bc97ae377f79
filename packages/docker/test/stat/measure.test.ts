import { expect, test } from "vitest";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { measure } from "../../src/stat/measure.js";
import { measureAll } from "../../src/stat/measure-all.js";
import { engineWithContainer, inState } from "../fake-engine/engine-with-container.js";
import { json, plain, type Reply } from "../fake-engine/reply.js";

const stats = /^\/containers\/c\/stats$/;
const failure = () => json(500, { message: "disk quota exceeded" });
const signal = () => new AbortController().signal;

async function engineThat(state: string | undefined, answer: () => Reply) {
  const engine = await engineWithContainer("c", state);
  engine.on("GET", stats, answer);
  const client = engine.client();
  return { engine, connection: { client, info: await readEngineInfo(client) } };
}

test.each([
  ["404", () => json(404, { message: "no such container" })],
  ["409", () => json(409, { message: "container c is not running" })],
  ["500", failure],
  ["an empty answer", () => plain(200, "")],
])("%s for a container that has ended is NOT_RUNNING", async (_, answer) => {
  const { engine, connection } = await engineThat("exited", answer);
  await using _engine = engine;
  await expect(measure(connection, "c", signal())).rejects.toMatchObject({
    code: "NOT_RUNNING",
    message: "server c is not running: it is stopped",
  });
});

test("500 for a container that runs is the engine's failure, with what it says", async () => {
  const { engine, connection } = await engineThat("running", failure);
  await using _ = engine;
  await expect(measure(connection, "c", signal())).rejects.toMatchObject({
    name: "EngineFailure",
    code: "BAD_RESPONSE",
    message: "the engine answered 500: disk quota exceeded",
  });
});

test("500 for a container that is gone is NOT_FOUND", async () => {
  const { engine, connection } = await engineThat(undefined, failure);
  await using _ = engine;
  await expect(measure(connection, "c", signal())).rejects.toMatchObject({ code: "NOT_FOUND" });
});

test("a container that the engine takes for running a moment longer is NOT_RUNNING", async () => {
  const { engine, connection } = await engineThat("exited", failure);
  await using _ = engine;
  let looks = 0;
  engine.on("GET", /^\/containers\/c\/json$/, () => {
    looks += 1;
    return looks > 2 ? undefined : inState("c", "running");
  });
  await expect(measure(connection, "c", signal())).rejects.toMatchObject({ code: "NOT_RUNNING" });
});

test("an abort while it is looked at again rejects with the reason", async () => {
  const { engine, connection } = await engineThat("running", failure);
  await using _ = engine;
  const controller = new AbortController();
  engine.on("GET", /^\/containers\/c\/json$/, () => {
    controller.abort(new Error("enough"));
    return undefined;
  });
  await expect(measure(connection, "c", controller.signal)).rejects.toThrow("enough");
});

test.each(["exited", undefined])("of many, one that is %s by then is left out", async (state) => {
  const { engine, connection } = await engineThat(state, failure);
  await using _ = engine;
  const servers = [{ id: "c", status: { state: "running" as const } }];
  expect(await measureAll(connection, servers, signal())).toEqual([]);
});

test("of many, one that the engine fails to measure fails the call", async () => {
  const { engine, connection } = await engineThat("running", failure);
  await using _ = engine;
  const servers = [{ id: "c", status: { state: "running" as const } }];
  await expect(measureAll(connection, servers, signal())).rejects.toMatchObject({
    code: "BAD_RESPONSE",
  });
  const stopped = [{ id: "c", status: { state: "stopped" as const, exitCode: 0 } }];
  expect(await measureAll(connection, stopped, signal())).toEqual([]);
});

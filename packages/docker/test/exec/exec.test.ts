import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { exec } from "../../src/exec/exec.js";
import { writeConsole } from "../../src/exec/write-console.js";
import { engineWithContainer, inState } from "../fake-engine/engine-with-container.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { json, switched } from "../fake-engine/reply.js";
import { frame } from "../log/pieces.js";

async function engineThat(
  talk: (socket: Socket) => void,
  ended: object = { Running: false, ExitCode: 0 },
) {
  const engine = await FakeEngine.start();
  engine
    .on("POST", /^\/containers\/c\/exec$/, () => json(201, { Id: "e" }))
    .on("POST", /^\/exec\/e\/start$/, () => switched(talk))
    .on("GET", /^\/exec\/e\/json$/, () => json(200, ended));
  const client = engine.client();
  return { engine, connection: { client, info: await readEngineInfo(client) } };
}

test("stdout and stderr come apart, also where the engine says both in one piece", async () => {
  const { engine, connection } = await engineThat((socket) =>
    socket.end(Buffer.concat([frame(1, "out"), frame(2, "err")])),
  );
  await using _ = engine;
  expect(await exec(connection, "c", ["true"])).toMatchObject({
    stdout: "out",
    stderr: "err",
    exitCode: 0,
  });
});

test("output that is cut off inside a frame is BAD_RESPONSE, and the program is killed", async () => {
  const { engine, connection } = await engineThat((socket) =>
    socket.end(frame(1, "out").subarray(0, 9)),
  );
  await using _ = engine;
  await expect(exec(connection, "c", ["true"])).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(engine.seen("POST", /^\/containers\/c\/exec$/)).toHaveLength(2);
});

test("a program that does not end in time is TIMEOUT, and killed", async () => {
  const { engine, connection } = await engineThat(() => {});
  await using _ = engine;
  const call = exec(connection, "c", ["sleep"], { timeoutMs: 20 });
  await expect(call).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(engine.seen("POST", /^\/containers\/c\/exec$/).at(-1)?.body).toContain("kill -9");
});

const refusal = () => json(500, { message: "no space left on device" });

test.each([
  ["an ended container", "exited", "NOT_RUNNING"],
  ["a paused container", "paused", "NOT_RUNNING"],
  ["a container that is gone", undefined, "NOT_FOUND"],
  ["a container that runs: the engine's own failure", "running", "BAD_RESPONSE"],
])("an exec that the engine refuses with 500 for %s", async (_, state, code) => {
  await using engine = await engineWithContainer("c", state);
  engine.on("POST", /^\/containers\/c\/exec$/, refusal);
  const client = engine.client();
  const connection = { client, info: await readEngineInfo(client) };
  const error: unknown = await exec(connection, "c", ["true"]).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code });
  if (state === "running") expect(error).toMatchObject({ message: expect.stringMatching("space") });
});

test.each([
  ["404", 404, "gone", "running", "NOT_RUNNING"],
  ["500 for a container that has ended", 500, "oops", "exited", "NOT_RUNNING"],
  ["500 for a container that runs", 500, "oops", "running", "BAD_RESPONSE"],
  [
    "Podman's 500 for one that ended and runs again",
    500,
    "no such exec session",
    "running",
    "NOT_RUNNING",
  ],
])("an exit code that can't be had, by %s", async (_, status, message, state, code) => {
  const { engine, connection } = await engineThat((socket) => socket.end(frame(1, "out")));
  await using _engine = engine;
  engine
    .on("GET", /^\/exec\/e\/json$/, () => json(status, { message }))
    .on("GET", /^\/containers\/c\/json$/, () => inState("c", state));
  await expect(exec(connection, "c", ["true"])).rejects.toMatchObject({ code });
});

test("a line that Podman's console does not take is IO_ERROR, with what the program says", async () => {
  const { engine, connection } = await engineThat(
    (socket) => socket.end(frame(2, "tee: /proc/1/fd/0: Broken pipe\n")),
    { Running: false, ExitCode: 1 },
  );
  await using _ = engine;
  const podman = { ...connection, info: { ...connection.info, kind: "podman" as const } };
  await expect(writeConsole(podman, "c", "say hello")).rejects.toMatchObject({
    code: "IO_ERROR",
    message: "could not write to the console of server c: tee: /proc/1/fd/0: Broken pipe",
  });
});

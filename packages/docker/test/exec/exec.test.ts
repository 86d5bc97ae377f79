import type { Socket } from "node:net";
import { expect, test } from "vitest";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { exec } from "../../src/exec/exec.js";
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

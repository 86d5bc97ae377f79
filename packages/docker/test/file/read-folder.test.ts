import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { pack } from "tar-stream";
import { expect, test } from "vitest";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { readFolder } from "../../src/file/read-folder.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { begun, cutOff, type Reply } from "../fake-engine/reply.js";
import { temporaryFolder } from "../fake-engine/temporary-folder.js";
import { until } from "../fake-engine/until.js";

const folderStat = Buffer.from(JSON.stringify({ size: 0, mode: 2 ** 31 + 0o755 })).toString(
  "base64",
);

async function archive(): Promise<Buffer> {
  const made = pack();
  made.entry({ name: "world/", type: "directory" });
  made.entry({ name: "world/a" }, "a".repeat(5000));
  made.entry({ name: "world/b" }, "b");
  made.finalize();
  return buffer(Readable.from(made));
}

/** An engine with a folder whose archive is this. */
async function engineWith(reply: Reply) {
  const engine = await FakeEngine.start();
  engine.on("HEAD", /\/archive$/, () => ({
    write: async (response) => {
      response.writeHead(200, { "X-Docker-Container-Path-Stat": folderStat }).end();
    },
  }));
  engine.on("GET", /\/archive$/, () => reply);
  const client = engine.client();
  return { engine, connection: { client, info: await readEngineInfo(client) } };
}

test("a stream that breaks off anywhere is UNAVAILABLE and leaves nothing", async () => {
  const bytes = await archive();
  for (const length of [1, 600, 3000, 6144, bytes.length - 1024, bytes.length - 1]) {
    const { engine, connection } = await engineWith(cutOff(bytes.subarray(0, length)));
    await using _engine = engine;
    await using place = await temporaryFolder();
    const call = readFolder(connection, "c", "/data/world", join(place.path, "copy"), {});
    await expect(call, `${length} bytes`).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(await readdir(place.path)).toEqual([]);
  }
});

test("an engine that ends its answer too early is BAD_RESPONSE", async () => {
  const bytes = (await archive()).subarray(0, -1024);
  const { engine, connection } = await engineWith({
    write: async (response) => {
      response.writeHead(200).end(bytes);
    },
  });
  await using _engine = engine;
  await using place = await temporaryFolder();
  const call = readFolder(connection, "c", "/data/world", join(place.path, "copy"), {});
  await expect(call).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(await readdir(place.path)).toEqual([]);
});

test("an abort in the middle rejects with its reason, leaves nothing and frees the connection", async () => {
  const { engine, connection } = await engineWith(begun((await archive()).subarray(0, 3000)));
  await using _engine = engine;
  await using place = await temporaryFolder();
  const controller = new AbortController();
  const { signal } = controller;
  const call = readFolder(connection, "c", "/data/world", join(place.path, "copy"), { signal });
  call.catch(() => {});
  await until("the file to be begun", async () => {
    const names = await readdir(place.path, { recursive: true });
    return names.some((name) => name.endsWith("content/a"));
  });
  const reason = new Error("enough");
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  expect(await readdir(place.path)).toEqual([]);
});

import { expect, test } from "vitest";
import { readEngineInfo } from "../../src/engine/engine-info.js";
import { statPath } from "../../src/file/path-stat.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { empty, type Reply } from "../fake-engine/reply.js";

/** An answer with Go's description of a file in its head. */
const described = (header: string): Reply => ({
  write: async (response) => {
    response.writeHead(200, { "X-Docker-Container-Path-Stat": header }).end();
  },
});
const stat = (mode: number) =>
  Buffer.from(JSON.stringify({ name: "x", size: 5, mode })).toString("base64");

async function statOf(reply: Reply) {
  await using engine = await FakeEngine.start();
  engine.on("HEAD", /\/archive$/, () => reply);
  const client = engine.client();
  return await statPath({ client, info: await readEngineInfo(client) }, "c", "/x");
}

test.each([
  [0o644, "file"],
  [2 ** 31 + 0o755, "folder"],
  [2 ** 27 + 0o777, "link"],
  [2 ** 26 + 2 ** 21 + 0o666, "other"],
  [2 ** 25 + 0o600, "other"],
  [2 ** 24 + 0o600, "other"],
  [2 ** 23 + 0o755, "file"],
])("Go's mode %i is a %s", async (mode, type) => {
  expect(await statOf(described(stat(mode)))).toEqual({ type, sizeBytes: 5, mode: mode % 0o1000 });
});

test.each([404, 400])("an answer of %i means that nothing is there", async (status) => {
  expect(await statOf(empty(status))).toBeUndefined();
});

test.each(["", "nonsense", stat(0).slice(4)])(
  "a description of %j is BAD_RESPONSE",
  async (header) => {
    await expect(statOf(described(header))).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  },
);

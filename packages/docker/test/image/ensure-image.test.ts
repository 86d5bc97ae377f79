import { inspect } from "node:util";
import { expect, test } from "vitest";
import { ensureImage, type PullProgress } from "../../src/image/ensure-image.js";
import { FakeEngine } from "../fake-engine/fake-engine.js";
import { begun, cutOff, json, plain, type Reply } from "../fake-engine/reply.js";
import { until } from "../fake-engine/until.js";

const image = "registry.example.com/team/game:1.2";
const pulls = (engine: FakeEngine) => engine.seen("POST", /^\/images\/create$/);
const done = () => plain(200, '{"status":"Downloaded newer image"}\n');

/** An engine that has the image from the start, after a pull, or never. */
async function engineWith(has: "at once" | "after a pull" | "never", pull: () => Reply = done) {
  const engine = await FakeEngine.start();
  engine.on("GET", /^\/images\/.*\/json$/, () => {
    const there = has === "at once" || (has === "after a pull" && pulls(engine).length > 0);
    return there ? json(200, {}) : json(404, { message: "no such image" });
  });
  return engine.on("POST", /^\/images\/create$/, pull);
}

test.each([
  ["missing", "at once", 0],
  ["missing", "after a pull", 1],
  ["always", "at once", 1],
  ["never", "at once", 0],
] as const)(
  "with the policy %s an image that is there %s is pulled %i times",
  async (pull, has, times) => {
    await using engine = await engineWith(has);
    await ensureImage(engine.client(), image, { pull });
    expect(pulls(engine)).toHaveLength(times);
  },
);

test("name and tag of the image are asked for apart", async () => {
  await using engine = await engineWith("after a pull");
  await ensureImage(engine.client(), image, { pull: "missing" });
  expect(Object.fromEntries(pulls(engine)[0]?.query ?? [])).toEqual({
    fromImage: "registry.example.com/team/game",
    tag: "1.2",
  });
});

test.each([
  ["never", image],
  ["missing", "localhost/game:1"],
] as const)(
  "with the policy %s the missing %s is IMAGE_NOT_FOUND, and nothing is pulled",
  async (pull, name) => {
    await using engine = await engineWith("never");
    await expect(ensureImage(engine.client(), name, { pull })).rejects.toMatchObject({
      code: "IMAGE_NOT_FOUND",
      field: "image",
    });
    expect(pulls(engine)).toEqual([]);
  },
);

test.each([
  ["manifest unknown", "IMAGE_NOT_FOUND"],
  ["manifest for x:1 not found: manifest unknown", "IMAGE_NOT_FOUND"],
  ["unauthorized: authentication required", "UNAUTHORIZED"],
  ["Get https://r/v2/: dial tcp: lookup r: i/o timeout", "UNAVAILABLE"],
])("an error inside an answer of 200, %s, is %s", async (words, code) => {
  const body = `{"status":"Pulling"}\n{"errorDetail":{"message":"x"},"error":${JSON.stringify(words)}}\n`;
  await using engine = await engineWith("never", () => plain(200, body));
  await expect(ensureImage(engine.client(), image, { pull: "missing" })).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
  });
});

test("a refusal of the pull is told in the same way", async () => {
  await using engine = await engineWith("never", () => json(404, { message: "manifest unknown" }));
  const call = ensureImage(engine.client(), image, { pull: "missing" });
  await expect(call).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
});

test("a connection that breaks off in the middle of a pull is UNAVAILABLE", async () => {
  await using engine = await engineWith("after a pull", () =>
    cutOff('{"status":"Pulling"}\n{"sta'),
  );
  const call = ensureImage(engine.client(), image, { pull: "missing" });
  await expect(call).rejects.toMatchObject({ code: "UNAVAILABLE" });
});

test("a stream that ends inside a line is BAD_RESPONSE", async () => {
  await using engine = await engineWith("after a pull", () =>
    plain(200, '{"status":"Pulling"}\n{"sta'),
  );
  const call = ensureImage(engine.client(), image, { pull: "missing" });
  await expect(call).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test("a pull without an error that brings no image is BAD_RESPONSE", async () => {
  await using engine = await engineWith("never");
  const call = ensureImage(engine.client(), image, { pull: "missing" });
  await expect(call).rejects.toMatchObject({ code: "BAD_RESPONSE" });
});

test.each([
  [400, "invalid reference format"],
  [500, "normalizing image: repository name must be lowercase"],
])("a name that no image can have (%i %s) is IMAGE_NOT_FOUND", async (status, message) => {
  await using engine = await FakeEngine.start();
  engine.on("GET", /^\/images\//, () => json(status, { message }));
  const call = ensureImage(engine.client(), "Not An Image", { pull: "missing" });
  await expect(call).rejects.toMatchObject({ code: "IMAGE_NOT_FOUND" });
});

test("an engine in trouble is not taken for a missing image", async () => {
  await using engine = await FakeEngine.start();
  engine.on("GET", /^\/images\//, () => json(500, { message: "database is locked" }));
  const call = ensureImage(engine.client(), image, { pull: "missing" });
  await expect(call).rejects.toMatchObject({ status: 500, reason: "database is locked" });
});

test("credentials go into a header of their own, for the image's registry, and into no error", async () => {
  const password = "sécret?>pass";
  await using engine = await engineWith("never", () =>
    plain(200, `{"error":"login of player with ${password} failed: unauthorized"}\n`),
  );
  const asked: string[] = [];
  const auth = (registry: string) => {
    asked.push(registry);
    return { username: "player", password };
  };
  const error: unknown = await ensureImage(engine.client(), image, { pull: "missing", auth }).catch(
    (failure: unknown) => failure,
  );
  const header = String(pulls(engine)[0]?.headers["x-registry-auth"]);
  expect(header).toMatch(/^[\w=-]+$/);
  expect(JSON.parse(Buffer.from(header, "base64url").toString())).toEqual({
    username: "player",
    password,
    serveraddress: "registry.example.com",
  });
  expect(asked).toEqual(["registry.example.com"]);
  expect(error).toMatchObject({ code: "UNAUTHORIZED" });
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(password);
});

test("progress is told layer by layer", async () => {
  const seen: PullProgress[] = [];
  const body =
    '{"status":"Downloading","id":"ab","progressDetail":{"current":5,"total":9}}\n{"status":"Done","progressDetail":{}}\n';
  await using engine = await engineWith("after a pull", () => plain(200, body));
  await ensureImage(engine.client(), image, {
    pull: "missing",
    onPullProgress: (progress) => seen.push(progress),
  });
  expect(seen).toEqual([
    { image, status: "Downloading", layer: "ab", doneBytes: 5, totalBytes: 9 },
    { image, status: "Done" },
  ]);
});

test("an abort in the middle of a pull rejects with the signal's reason and closes the stream", async () => {
  await using engine = await engineWith("never", () => begun('{"status":"Pulling"}\n'));
  const controller = new AbortController();
  const reason = new Error("enough");
  const call = ensureImage(engine.client(), image, {
    pull: "missing",
    signal: controller.signal,
    onPullProgress: () => controller.abort(reason),
  });
  await expect(call).rejects.toBe(reason);
  await until("the pull's connection is closed", () => engine.openConnections <= 1);
});

test.each([
  'Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com on 10.0.0.2:53: no such host',
  "pinging container registry registry.example.com: dial tcp: lookup registry.example.com: no such host",
  'Get "https://registry.example.com/v2/": dial tcp: lookup registry.example.com: Temporary failure in name resolution',
])("a registry whose name nobody knows passed for a missing image: %s", async (message) => {
  await using engine = await engineWith("never", () => json(500, { message }));
  await expect(ensureImage(engine.client(), image, { pull: "missing" })).rejects.toMatchObject({
    code: "UNAVAILABLE",
  });
});

import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { httpSource } from "../../src/source/http-source.js";
import type { OpenSourceOptions, UpdateSource } from "../../src/source/update-source.js";
import { type Fault, fileServer } from "../fixture/file-server.js";
import { noise } from "../fixture/sample-bytes.js";
import { temporaryFolder } from "../fixture/temporary-folder.js";
import { writeTree } from "../fixture/write-tree.js";

const bytes = noise(300_000);
const quick = { maxWaitMs: 5 };

async function served(fault?: Fault, ranges = true) {
  const folder = await writeTree(join(await temporaryFolder(), "served"), {
    "data.bin": bytes,
    empty: "",
    "a b/ü#%.pak": "named",
  });
  return fileServer(folder, { ...(fault === undefined ? {} : { fault }), ranges });
}

async function read(source: UpdateSource, file: string, options: OpenSourceOptions = {}) {
  const { totalBytes, chunks } = await source.open(file, options);
  const kept: Uint8Array[] = [];
  for await (const chunk of chunks) kept.push(chunk);
  return { totalBytes, bytes: Buffer.concat(kept) };
}

/** A fault of the first `count` answers. */
function first(count: number, fault: Fault): Fault {
  let left = count;
  return (...given) => (left-- > 0 ? fault(...given) : false);
}

/** Sends the head and a part of the body, and cuts the connection. */
const cutAfter =
  (sentBytes: number): Fault =>
  (request, response, content = Buffer.alloc(0)) => {
    const start = Number(/^bytes=(\d+)-$/.exec(request.range ?? "")?.[1] ?? 0);
    const part = content.subarray(start);
    response.writeHead(start > 0 ? 206 : 200, {
      "content-length": part.length,
      etag: `"${content.length}"`,
      ...(start > 0
        ? { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` }
        : {}),
    });
    response.write(part.subarray(0, sentBytes), () => response.destroy());
    return true;
  };

describe("httpSource reads", () => {
  test("a file, an empty one, and one whose name needs escaping", async () => {
    const source = httpSource((await served()).url);
    expect(await read(source, "data.bin")).toEqual({ totalBytes: bytes.length, bytes });
    expect(await read(source, "empty")).toEqual({ totalBytes: 0, bytes: Buffer.alloc(0) });
    expect((await read(source, "a b/ü#%.pak")).bytes.toString()).toBe("named");
  });

  test("from a byte on, by a range", async () => {
    const server = await served();
    const result = await read(httpSource(server.url), "data.bin", { start: 299_000 });
    expect(result).toEqual({ totalBytes: bytes.length, bytes: bytes.subarray(299_000) });
    expect(server.sentBytes()).toBe(1_000);
  });

  test("nothing more from the end on, which a server tells by 416", async () => {
    const source = httpSource((await served()).url);
    expect(await read(source, "data.bin", { start: bytes.length })).toEqual({
      totalBytes: bytes.length,
      bytes: Buffer.alloc(0),
    });
    const beyond = source.open("data.bin", { start: bytes.length + 1 });
    await expect(beyond).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("past what came before, where the server ignores ranges", async () => {
    const server = await served(undefined, false);
    const result = await read(httpSource(server.url), "data.bin", { start: 299_000 });
    expect(result).toEqual({ totalBytes: bytes.length, bytes: bytes.subarray(299_000) });
  });

  test("on where a connection was cut in the middle, again and again", async () => {
    const server = await served(first(4, cutAfter(70_000)));
    const result = await read(httpSource(server.url, quick), "data.bin");
    expect(result.bytes.equals(bytes)).toBe(true);
    const ranges = server.requests.map(({ range }) => range);
    expect(ranges[0]).toBeUndefined();
    expect(ranges.length).toBe(5);
    for (const range of ranges.slice(1)) expect(range).toMatch(/^bytes=[1-9]\d*-$/);
  });

  test("anew, and on, where a cut meets a server without ranges", async () => {
    const server = await served(first(1, cutAfter(70_000)), false);
    const result = await read(httpSource(server.url, quick), "data.bin");
    expect(result.bytes.equals(bytes)).toBe(true);
  });

  test.each([408, 429, 500, 502, 503, 504])("again after an answer of %i", async (status) => {
    const refuse: Fault = (_, response) => {
      response.writeHead(status, { "retry-after": "100000" }).end();
      return true;
    };
    const server = await served(first(3, refuse));
    expect((await read(httpSource(server.url, quick), "data.bin")).bytes.equals(bytes)).toBe(true);
    expect(server.requests).toHaveLength(4);
  });

  test("with its headers, and without a word on compression", async () => {
    const server = await served();
    const headers = { authorization: "Bearer x" };
    await read(httpSource(server.url, { headers }), "data.bin");
    expect(server.requests[0]?.headers).toMatchObject({
      ...headers,
      "accept-encoding": "identity",
    });
  });
});

describe("httpSource fails with", () => {
  test("UNAVAILABLE where no try is left, and where nobody listens", async () => {
    const refuse: Fault = (_, response) => {
      response.writeHead(503).end();
      return true;
    };
    const server = await served(refuse);
    const source = httpSource(server.url, { ...quick, retries: 2 });
    await expect(source.open("data.bin")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(server.requests).toHaveLength(3);
    const nobody = httpSource("http://127.0.0.1:1/", { ...quick, retries: 1 });
    await expect(nobody.open("data.bin")).rejects.toMatchObject({ code: "UNAVAILABLE" });
  });

  test("NOT_FOUND and UNAVAILABLE at once, where another try is of no use", async () => {
    const server = await served((request, response) => {
      if (request.file !== "secret") return false;
      response.writeHead(403).end();
      return true;
    });
    const source = httpSource(server.url, quick);
    await expect(source.open("none")).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(source.open("secret")).rejects.toMatchObject({ code: "UNAVAILABLE" });
    expect(server.requests).toHaveLength(2);
  });

  test("TIMEOUT where a server says nothing, or drips bytes", async () => {
    const silent = await served(() => true);
    const options = { ...quick, timeoutMs: 60, retries: 1 };
    await expect(httpSource(silent.url, options).open("data.bin")).rejects.toMatchObject({
      code: "TIMEOUT",
    });
    expect(silent.requests).toHaveLength(2);
    const dripping = await served((_, response) => {
      response.writeHead(200, { "content-length": bytes.length });
      const timer = setInterval(() => response.write("."), 10);
      response.on("close", () => clearInterval(timer));
      return true;
    });
    await expect(read(httpSource(dripping.url, options), "data.bin")).rejects.toMatchObject({
      code: "TIMEOUT",
    });
  });

  test("BAD_RESPONSE where the file has changed between two answers", async () => {
    const server = await served((request, response, content = Buffer.alloc(0)) => {
      if (request.range === undefined) return cutAfter(70_000)(request, response, content);
      const start = Number(/\d+/.exec(request.range)?.[0]);
      response.writeHead(206, {
        etag: '"another"',
        "content-range": `bytes ${start}-${content.length - 1}/${content.length}`,
      });
      response.end(content.subarray(start));
      return true;
    });
    const reading = read(httpSource(server.url, quick), "data.bin");
    await expect(reading).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test.each([
    ["another range than was asked for", { "content-range": "bytes 5-299999/300000" }],
    ["a range that makes no sense", { "content-range": "bytes 9-5/300000" }],
    ["no range at all", {}],
    ["compressed bytes", { "content-range": "bytes 7-299999/300000", "content-encoding": "gzip" }],
  ])("BAD_RESPONSE for %s", async (_, headers) => {
    const server = await served((_, response) => {
      response.writeHead(206, headers).end();
      return true;
    });
    const opening = httpSource(server.url, quick).open("data.bin", { start: 7 });
    await expect(opening).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("BAD_RESPONSE where more comes than was told of", async () => {
    const server = await served((_, response) => {
      response.writeHead(206, { "content-range": "bytes 1-9/10" }).end("too much for ten bytes");
      return true;
    });
    const reading = read(httpSource(server.url, quick), "data.bin", { start: 1 });
    await expect(reading).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  });

  test("no message repeats a password that stands in an address", () => {
    for (const url of [
      "http://u:hunter2@127.0.0.1:99999/",
      "https://u:hunter2@cdn.example/",
      "u:hunter2@cdn",
    ]) {
      expect(() => httpSource(url)).toThrow(/^(?!.*hunter2)url must /);
    }
  });

  test("INVALID_ARGUMENT for what is no address, no file, no option", async () => {
    const invalid = expect.objectContaining({ code: "INVALID_ARGUMENT" });
    for (const url of ["file:///etc/", "ftp://x/", "x", "http://user:pass@x/"]) {
      expect(() => httpSource(url)).toThrow(invalid);
    }
    for (const options of [{ timeoutMs: 0 }, { retries: -1 }, { headers: { range: "x" } }]) {
      expect(() => httpSource("http://x/", options)).toThrow(invalid);
    }
    const source = httpSource("http://x/");
    for (const file of ["", "../x", "/x", "a//b", "http://y/z", "a\\b"]) {
      await expect(source.open(file)).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
    }
  });
});

test("the signal ends the wait for an answer, for bytes, and between tries", async () => {
  const reason = new Error("enough");
  const controller = new AbortController();
  const silent = await served(() => {
    controller.abort(reason);
    return true;
  });
  const { signal } = controller;
  await expect(httpSource(silent.url).open("data.bin", { signal })).rejects.toBe(reason);

  const second = new AbortController();
  const halting = await served((_, response) => {
    response.writeHead(200, { "content-length": 9_999 });
    response.write("some", () => second.abort(reason));
    return true;
  });
  const reading = read(httpSource(halting.url), "data.bin", { signal: second.signal });
  await expect(reading).rejects.toBe(reason);

  const third = new AbortController();
  const refusing = await served((_, response) => {
    response.writeHead(503, { "retry-after": "3600" }).end(() => third.abort(reason));
    return true;
  });
  const waiting = httpSource(refusing.url, { maxWaitMs: 3_600_000 });
  await expect(waiting.open("data.bin", { signal: third.signal })).rejects.toBe(reason);
});

test("a loop that is left lets the connection go", async () => {
  let closed = () => {};
  const released = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const server = await served((_, response) => {
    response.on("close", closed);
    response.writeHead(200, { "content-length": 10 ** 9 });
    response.write(noise(100_000));
    return true;
  });
  const { chunks } = await httpSource(server.url).open("data.bin");
  for await (const _ of chunks) break;
  await released;
});

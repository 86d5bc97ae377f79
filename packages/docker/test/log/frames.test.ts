import { expect, test, vi } from "vitest";
import { frames } from "../../src/log/frames.js";
import { chunked, collectAll, cuts, frame, pieces } from "./pieces.js";

async function texts(source: AsyncIterable<Uint8Array>): Promise<string[]> {
  return (await collectAll(frames(source))).map(
    ({ stream, bytes }) => `${stream} ${Buffer.from(bytes)}`,
  );
}

const three = Buffer.concat([frame(1, "one"), frame(2, ""), frame(0, "zwölf")]);

test("frames come out the same wherever the stream is cut", async () => {
  const expected = ["stdout one", "stderr ", "stdout zwölf"];
  for (const cut of cuts(three)) expect(await texts(cut)).toEqual(expected);
  expect(await texts(chunked(three, 1))).toEqual(expected);
});

test("a stream that ends inside a frame gives the whole ones and is then BAD_RESPONSE", async () => {
  for (let end = 1; end < three.length; end += 1) {
    const whole = [11, 19].filter((at) => at <= end).length;
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const batch of frames(pieces(three.subarray(0, end)))) seen.push(...batch);
    })();
    if (end === 11 || end === 19) await reading;
    else await expect(reading).rejects.toMatchObject({ code: "BAD_RESPONSE" });
    expect(seen).toHaveLength(whole);
  }
});

test("100,000 frames in one piece overflow no stack", async () => {
  const one = frame(1, "x");
  const all = Buffer.concat(Array.from({ length: 100_000 }, () => one));
  expect(await collectAll(frames(pieces(all)))).toHaveLength(100_000);
});

test("a frame of 16 MB in small pieces is copied no more than once or twice", async () => {
  const text = Buffer.alloc(16 * 1024 * 1024, "x");
  const bytes = frame(1, text);
  const concat = vi.spyOn(Buffer, "concat");
  try {
    const [only] = await collectAll(frames(chunked(bytes, 4096)));
    expect(only?.bytes.length).toBe(text.length);
    const copied = concat.mock.results.reduce(
      (sum, { value }) => sum + (value as Buffer).length,
      0,
    );
    expect(copied).toBeLessThan(2 * bytes.length);
  } finally {
    concat.mockRestore();
  }
});

test("the engine's own complaint ends the stream with its words, wherever it is cut", async () => {
  const bytes = Buffer.concat([frame(1, "one"), frame(3, "error from daemon in stream\n")]);
  for (const cut of cuts(bytes)) {
    await expect(texts(cut)).rejects.toMatchObject({
      code: "BAD_RESPONSE",
      message: expect.stringContaining("error from daemon in stream"),
    });
  }
});

test("output of a terminal, which is not framed, is BAD_RESPONSE and not garbled", async () => {
  await expect(texts(pieces(Buffer.from("login: root\r\n")))).rejects.toMatchObject({
    code: "BAD_RESPONSE",
    message: expect.stringContaining("terminal"),
  });
});

test("all frames of a piece come together, and what is wrong behind them does not take them away", async () => {
  const good = [frame(1, "one"), frame(2, "two")];
  const seen: number[] = [];
  const reading = (async () => {
    for await (const batch of frames(pieces(Buffer.concat([...good, Buffer.from("no frame")])))) {
      seen.push(batch.length);
    }
  })();
  await expect(reading).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(seen).toEqual([2]);
});

test("no more is read of the source than the reader has asked for", async () => {
  let sent = 0;
  const source = async function* () {
    for (;;) {
      sent += 1;
      yield frame(1, "x");
    }
  };
  for await (const _batch of frames(source())) if (sent === 3) break;
  expect(sent).toBe(3);
});

import { expect, test } from "vitest";
import * as z from "zod";
import { jsonLines } from "../../src/engine/json-lines.js";
import { chunked, collect, cuts, pieces } from "../log/pieces.js";

const Value = z.object({ text: z.string() });
const bytes = Buffer.from('{"text":"zwölf"}\n\r\n{"text":"2"}\r\n{"text":"3"}');

test("values come out the same wherever the stream is cut", async () => {
  const expected = [{ text: "zwölf" }, { text: "2" }, { text: "3" }];
  for (const cut of cuts(bytes)) expect(await collect(jsonLines(cut, Value))).toEqual(expected);
  expect(await collect(jsonLines(chunked(bytes, 1), Value))).toEqual(expected);
});

test("a stream that ends inside a value is BAD_RESPONSE behind the whole ones", async () => {
  const seen: unknown[] = [];
  await expect(async () => {
    for await (const value of jsonLines(pieces(bytes.subarray(0, -1)), Value)) seen.push(value);
  }).rejects.toMatchObject({ code: "BAD_RESPONSE" });
  expect(seen).toHaveLength(2);
});

test.each(["[]", '{"text":5}', "not JSON", "null"])("the line %j is BAD_RESPONSE", async (line) => {
  await expect(collect(jsonLines(pieces(Buffer.from(line)), Value))).rejects.toMatchObject({
    code: "BAD_RESPONSE",
  });
});

test("blanks at the end are no value", async () => {
  expect(await collect(jsonLines(pieces(Buffer.from('{"text":"1"}\n  ')), Value))).toHaveLength(1);
});

test("leaving the loop leaves the stream", async () => {
  let left = false;
  const source = (async function* () {
    try {
      yield bytes;
    } finally {
      left = true;
    }
  })();
  for await (const _ of jsonLines(source, Value)) break;
  expect(left).toBe(true);
});

import { describe, expect, test } from "vitest";
import { bsdiff } from "../../src/index.js";
import {
  bzip2,
  encodeBsdiff40,
  hasBzip2,
  offt,
  type TestTriple,
} from "../fixture/bsdiff-encoder.js";
import { rejectionOf } from "../fixture/rejection-of.js";

const old = Buffer.from("0123456789");
const apply = async (newBytes: bigint, triples: readonly TestTriple[], diff = "", extra = "") =>
  Buffer.from(
    await bsdiff.applyBytes(
      old,
      encodeBsdiff40(newBytes, triples, Buffer.from(diff), Buffer.from(extra)),
    ),
  ).toString();

describe.skipIf(!hasBzip2())("the triples of a BSDIFF40 patch", () => {
  test("triples add differences, insert, and seek both ways", async () => {
    const triples: TestTriple[] = [
      [0n, 0n, 5n],
      [3n, 2n, -8n],
      [2n, 0n, 0n],
    ];
    expect(await apply(7n, triples, "\0\x01\0\0\0", "ab")).toBe("577ab01");
  });

  test("the position in the old file may be anywhere between reads", async () => {
    const triples: TestTriple[] = [
      [0n, 0n, -(2n ** 52n)],
      [0n, 1n, 2n ** 52n + 9n],
      [1n, 0n, 2n ** 62n],
    ];
    expect(await apply(2n, triples, "\0", "x")).toBe("x9");
  });

  test("one triple of zeros is taken for an empty new file, and no other", async () => {
    expect(await apply(0n, [])).toBe("");
    expect(await apply(0n, [[0n, 0n, 0n]])).toBe("");
    for (const triples of [
      [[0n, 0n, 1n]],
      [
        [0n, 0n, 0n],
        [0n, 0n, 0n],
      ],
    ] as TestTriple[][]) {
      expect((await rejectionOf(() => apply(0n, triples))).code).toBe("CORRUPT_PATCH");
    }
  });

  describe("a triple is refused that", () => {
    test.each<[string, bigint, TestTriple[], RegExp]>([
      [
        "reads before the old file",
        1n,
        [
          [0n, 0n, -1n],
          [1n, 0n, 0n],
        ],
        /outside of the old file/,
      ],
      [
        "reads behind the old file",
        1n,
        [
          [0n, 0n, 10n],
          [1n, 0n, 0n],
        ],
        /outside of the old file/,
      ],
      [
        "reads across its end",
        2n,
        [
          [0n, 0n, 9n],
          [2n, 0n, 0n],
        ],
        /outside of the old file/,
      ],
      ["has a length below 0", 9n, [[-1n, 10n, 0n]], /diff length is -1/],
      ["has an extra length below 0", 9n, [[1n, -1n, 0n]], /extra length is -1/],
      ["makes too much", 1n, [[1n, 1n, 0n]], /extra length is 1, with 0 bytes to make/],
      ["has a length of 2^63 - 1", 1n, [[2n ** 63n - 1n, 0n, 0n]], /beyond 2\^53 - 1/],
      [
        "seeks too far",
        9n,
        [
          [0n, 1n, 2n ** 60n],
          [0n, 8n, 0n],
        ],
        /seeks beyond/,
      ],
    ])("%s", async (_, newBytes, triples, message) => {
      const error = await rejectionOf(() => apply(newBytes, triples, "\0\0\0\0", "abcd"));
      expect(error).toMatchObject({ code: "CORRUPT_PATCH", offset: expect.any(Number) });
      expect(error.message).toMatch(message);
    });
  });

  test("millions of triples that make nothing are refused early", async () => {
    const control = bzip2(Buffer.alloc(24 * 2_000_000));
    const sizes = [BigInt(control.length), 14n, 2n ** 50n].map(offt);
    const empty = bzip2(Buffer.alloc(0));
    const patch = Buffer.concat([Buffer.from("BSDIFF40"), ...sizes, control, empty, empty]);
    const error = await rejectionOf(() => bsdiff.applyBytes(old, patch, { maxNewBytes: 2 ** 51 }));
    expect(error.code).toBe("CORRUPT_PATCH");
    expect(error.message).toContain("too many triples make nothing");
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseBsdiff40Header } from "../../src/format/bsdiff40/bsdiff40-header.js";
import { parseEndsleyHeader } from "../../src/format/endsley/endsley-header.js";
import { parseHdiff13Header } from "../../src/format/hdiff13/hdiff13-header.js";
import { parseHdiffSf20Header } from "../../src/format/hdiffsf20/hdiffsf20-header.js";
import { recognise } from "../../src/format/recognise.js";
import { offt } from "../fixture/bsdiff-encoder.js";
import { varint } from "../fixture/hdiff-encoder.js";

const headerOf = (magic: string, integers: readonly (number | bigint)[], minBytes = 1): Buffer =>
  Buffer.concat([
    Buffer.from(`${magic}\0`, "latin1"),
    Buffer.from(integers.flatMap((value) => varint(value, { minBytes }))),
  ]);

const size = fc.nat(2 ** 50);

test("an HDIFF13 header is read back, with sizes above 4 GiB and padded integers", () => {
  fc.assert(
    fc.property(
      fc.tuple(size, size, size, size),
      size,
      fc.constantFrom(1, 5, 9, 11),
      ([covers, control, code, fresh], oldBytes, pad) => {
        const newBytes = Math.max(control, code, fresh);
        const count = Math.min(Math.floor(covers / 3), newBytes + 65_536);
        fc.pre(covers <= 33 * count);
        fc.pre(newBytes - fresh <= count * oldBytes);
        const sections = [covers, 0, control, 0, code, 0, fresh, 0];
        const bytes = headerOf("HDIFF13&zstd", [newBytes, oldBytes, count, ...sections], pad);
        const fileBytes = bytes.length + covers + control + code + fresh;
        const header = parseHdiff13Header(bytes, fileBytes);
        expect(header).toMatchObject({ type: "zstd", newBytes, oldBytes, covers: count });
        expect(header.sections.map(({ rawBytes }) => rawBytes)).toEqual([
          covers,
          control,
          code,
          fresh,
        ]);
        expect(header.sections[0].offset).toBe(bytes.length);
        expect(() => parseHdiff13Header(bytes, fileBytes + 1)).toThrow(/1 bytes behind/);
        if (fileBytes > bytes.length) {
          expect(() => parseHdiff13Header(bytes, fileBytes - 1)).toThrow(/CORRUPT|corrupt/);
        }
      },
    ),
  );
});

test("an HDIFFSF20 header is read back, with sizes above 4 GiB and padded integers", () => {
  fc.assert(
    fc.property(size, size, size, fc.constantFrom(1, 9, 11), (newBytes, oldBytes, raw, pad) => {
      const covers = Math.max(1, Math.min(Math.floor(raw / 3), newBytes + 1));
      fc.pre(raw >= 3 && newBytes <= raw + covers * oldBytes);
      const stepBytes = Math.min(raw, 16 * 1024 ** 2);
      const bytes = headerOf("HDIFFSF20&", [newBytes, oldBytes, covers, stepBytes, raw, 0], pad);
      const header = parseHdiffSf20Header(bytes, bytes.length + raw);
      expect(header).toMatchObject({ type: "", newBytes, oldBytes, covers, stepBytes });
      expect(header.sections[0]).toMatchObject({ offset: bytes.length, storedBytes: raw });
    }),
  );
});

test("headers of bsdiff are read back, with sizes above 4 GiB", () => {
  fc.assert(
    fc.property(size, size, size, size, (control, diff, extra, newBytes) => {
      const integers = [control, diff, newBytes].map((value) => offt(BigInt(value)));
      const bytes = Buffer.concat([Buffer.from("BSDIFF40"), ...integers]);
      const header = parseBsdiff40Header(bytes, 32 + control + diff + extra);
      expect(header.newBytes).toBe(newBytes);
      expect(header.sections.map(({ storedBytes }) => storedBytes)).toEqual([control, diff, extra]);
      expect(header.sections[2].offset).toBe(32 + control + diff);

      const endsley = Buffer.concat([Buffer.from("ENDSLEY/BSDIFF43"), offt(BigInt(newBytes))]);
      expect(parseEndsleyHeader(endsley, 24 + extra)).toMatchObject({
        newBytes,
        sections: [{ offset: 24, storedBytes: extra }],
      });
    }),
  );
});

describe("a header that can't be right is refused, and its place told", () => {
  const good = { new: 100, old: 100, covers: 1, coverBytes: 3, control: 1, code: 0, fresh: 0 };
  const parse = (changes: Partial<Record<keyof typeof good | "coverZip", number | bigint>>) => {
    const field = { ...good, coverZip: 0, ...changes };
    const bytes = headerOf("HDIFF13&", [
      field.new,
      field.old,
      field.covers,
      field.coverBytes,
      field.coverZip,
      ...[field.control, 0, field.code, 0, field.fresh, 0],
    ]);
    return () => parseHdiff13Header(bytes, bytes.length + 4);
  };

  test("and a right one is not", () => {
    expect(parse({})).not.toThrow();
  });

  test.each([
    ["covers", { covers: 2 }, /more covers than their section can hold/],
    ["covers of nothing", { covers: 65_637, coverBytes: 200_000 }, /more covers than the new file/],
    ["too large covers", { coverBytes: 34 }, /more bytes of covers than they can take/],
    ["no covers", { covers: 0 }, /too few covers/],
    ["new data", { fresh: 101 }, /more new data/],
    ["rle code", { code: 101 }, /more rle code/],
    ["rle control", { control: 1_101 }, /more rle control/],
    ["a large new file", { new: 101 }, /too few covers/],
    ["2^53", { new: 2n ** 53n }, /new file's size: an integer is over 2\^53/],
    ["a compressed section of no type", { coverZip: 2 }, /doesn't say how/],
    ["a compressed empty section", { coverBytes: 0, coverZip: 2 }, /empty, and yet compressed/],
  ])("%s", (_, changes, message) => {
    expect(parse(changes)).toThrow(message);
    try {
      parse(changes)();
    } catch (error) {
      expect(error).toMatchObject({ code: "CORRUPT_PATCH", offset: expect.any(Number) });
    }
  });
});

test.each([
  ["HDIFF19&zlib&fadler64\0", "HDIFF19"],
  ["HDIFFW26&zlib\0", "HDIFFW26"],
  ["\xd6\xc3\xc4\x00", "VCDIFF"],
  ["HSynd", "HSyn"],
  ["HDirSynd", "HDirSyn"],
  ["HDIFF14&\0", "none of the formats"],
  ["garbage, and more of it", "none of the formats"],
])("%j is an UNSUPPORTED_FORMAT by name", (start, name) => {
  const bytes = Buffer.from(start, "latin1");
  expect(() => recognise(bytes)).toThrow(name);
  try {
    recognise(bytes);
  } catch (error) {
    expect(error).toMatchObject({ code: "UNSUPPORTED_FORMAT" });
  }
});

test.each(["", "B", "BSDIFF4", "ENDSLEY/BSDIFF4", "HDIFF13", "HDIFFSF20"])(
  "%j, cut within its format's name, is CORRUPT_PATCH",
  (start) => {
    try {
      recognise(Buffer.from(start));
      expect.unreachable();
    } catch (error) {
      expect(error).toMatchObject({ code: "CORRUPT_PATCH", offset: start.length });
    }
  },
);

import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeHdiff13Header } from "../../src/encode/hdiff13-header.js";
import { parseHdiff13Header } from "../../src/format/hdiff13/hdiff13-header.js";

const size = fc.oneof(
  fc.nat(1_000),
  fc.nat(2 ** 31 - 1),
  fc.nat(2 ** 31 - 1).map((n) => n * 500),
);

test("a header is read back by the applier, sections that are stored and those that are compressed", () => {
  const section = fc.record({ raw: size, share: fc.nat(100) });
  fc.assert(
    fc.property(
      fc.tuple(section, section, section, section),
      size,
      fc.constantFrom("zlib", "lzma2", "zstd"),
      (parts, oldSize, compressType) => {
        const oldBytes = oldSize + 1;
        const [covers, control, code, fresh] = parts;
        const sections = parts.map(({ raw, share }) => ({
          rawBytes: raw,
          compressedBytes: raw < 5 || share > 60 ? 0 : Math.floor((raw * share) / 100) + 2,
        }));
        const newBytes = Math.max(covers.raw, control.raw, code.raw, fresh.raw);
        const coverCount = Math.floor(covers.raw / 3);
        fc.pre(newBytes - fresh.raw <= coverCount * oldBytes);
        fc.pre(covers.raw <= 33 * coverCount);
        const bytes = encodeHdiff13Header({
          compressType,
          newBytes,
          oldBytes,
          coverCount,
          sections,
        });
        const stored = sections.map(({ rawBytes, compressedBytes }) => compressedBytes || rawBytes);
        const fileBytes = stored.reduce((sum, each) => sum + each, bytes.length);
        const header = parseHdiff13Header(bytes, fileBytes);
        expect(header).toMatchObject({
          type: compressType,
          newBytes,
          oldBytes,
          covers: coverCount,
        });
        expect(header.sections.map(({ storedBytes }) => storedBytes)).toEqual(stored);
        expect(header.sections.map(({ rawBytes }) => rawBytes)).toEqual(
          parts.map(({ raw }) => raw),
        );
        expect(header.sections[0].offset).toBe(bytes.length);
        for (const [index, { codec }] of header.sections.entries()) {
          expect(codec).toBe(sections[index]?.compressedBytes ? compressType : "stored");
        }
      },
    ),
  );
});

test("the header of a patch from nothing to nothing is what hdiffz writes", () => {
  const none = { rawBytes: 0, compressedBytes: 0 };
  const sections = [none, none, none, none];
  const header = { compressType: "", newBytes: 0, oldBytes: 0, coverCount: 0, sections };
  const expected = Buffer.concat([Buffer.from("HDIFF13&\0"), Buffer.alloc(11)]);
  expect(Buffer.compare(encodeHdiff13Header(header), expected)).toBe(0);
});

import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { encodeLzma2Block } from "../../../src/compress/lzma2/encode-lzma2.js";
import { sampleContent } from "../../codec/sample-content.js";
import { contents, edited, patchwork, randomBytes } from "./block-content.js";
import { efforts, joined } from "./lzma2-section.js";

const filters = `[{"id": lzma.FILTER_LZMA2, "dict_size": 1 << 24}]`;

function python(program: string, input: Uint8Array): Buffer {
  const run = spawnSync("python3", ["-c", `import lzma, sys\n${program}`], {
    input,
    maxBuffer: 2 ** 26,
    timeout: 30_000,
  });
  if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr ?? run.error}`);
  return run.stdout;
}

function hasLiblzma(): boolean {
  if (spawnSync("python3", ["-c", "import lzma"], { timeout: 30_000 }).status === 0) return true;
  // biome-ignore lint/suspicious/noConsole: a skip is said loudly
  console.warn("SKIPPED: no python3 with its module lzma: tests of LZMA2 against liblzma need it");
  return false;
}

/** Expands many sections in one process: each is told by its size in four bytes before it. */
function expandAll(sections: readonly Uint8Array[]): Buffer {
  const framed = sections.flatMap((section) => {
    const size = Buffer.alloc(4);
    size.writeUInt32LE(section.length - 1);
    // Python is told the dictionary apart from the data.
    return [size, section.subarray(1)];
  });
  const program = `
data = sys.stdin.buffer.read()
at = 0
while at < len(data):
  size = int.from_bytes(data[at:at + 4], "little")
  decoder = lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=${filters})
  sys.stdout.buffer.write(decoder.decompress(data[at + 4:at + 4 + size]))
  assert decoder.eof and not decoder.unused_data
  at += 4 + size`;
  return python(program, Buffer.concat(framed));
}

const presetBytes = (bytes: Uint8Array, preset: number): number =>
  Number(
    python(
      `print(len(lzma.compress(sys.stdin.buffer.read(), format=lzma.FORMAT_RAW,
  filters=[{"id": lzma.FILTER_LZMA2, "preset": ${preset}, "pb": 0}])))`,
      bytes,
    ).toString(),
  );

describe.skipIf(!hasLiblzma())("liblzma", () => {
  test.each(efforts)("expands all that is encoded, %s", (effort) => {
    const blocks = [
      sampleContent(9000),
      randomBytes(70_000),
      patchwork(200_000),
      sampleContent(50),
    ];
    const cases = [...contents.map(([, bytes]) => [bytes]), blocks];
    const sections = cases.map((each) => joined(each, (block) => encodeLzma2Block(block, effort)));
    expect(Buffer.compare(expandAll(sections), Buffer.concat(cases.flat()))).toBe(0);
  });

  test.each([
    ["fast", 0],
    ["balanced", 5],
    ["smallest", 6],
  ] as const)("makes nothing much smaller than effort %s by preset %i", (effort, preset) => {
    for (const bytes of [sampleContent(150_000), edited(150_000)]) {
      const most = presetBytes(bytes, preset) * 1.03;
      expect(encodeLzma2Block(bytes, effort).length).toBeLessThan(most);
    }
  });
});

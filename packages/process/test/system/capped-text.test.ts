import * as fc from "fast-check";
import { expect, test } from "vitest";
import { CappedText } from "../../src/system/capped-text.js";

test("a text keeps its beginning, cut between characters, and says whether there was more", () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "ü", "🎮") }));
  fc.assert(
    fc.property(texts, fc.nat(20), (pieces, max) => {
      const capped = new CappedText(max);
      for (const piece of pieces) capped.push(Buffer.from(piece));
      const whole = pieces.join("");
      expect(capped.truncated).toBe(Buffer.byteLength(whole) > max);
      const kept = String(capped);
      expect(whole.startsWith(kept)).toBe(true);
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(max);
      expect(Buffer.byteLength(kept)).toBeGreaterThan(Math.min(max, Buffer.byteLength(whole)) - 4);
    }),
  );
});

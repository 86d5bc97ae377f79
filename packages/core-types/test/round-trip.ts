import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { JsonCodec } from "../src/index.js";

/** Checks that what is written as JSON text is read back as it was. */
export function expectRoundTrip<T>(codec: JsonCodec<T>, values: fc.Arbitrary<T>): void {
  fc.assert(
    fc.property(values, (value) => {
      const json: unknown = JSON.parse(JSON.stringify(codec.encode(value)));
      assert.deepStrictEqual(codec.decode(json), value);
    }),
    { numRuns: 300 },
  );
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { CoverList } from "../../src/match/cover-list.js";
import { arbitraryPatch } from "../fixture/arbitrary-patch.js";
import { Opened } from "../match/opened.js";

test("old bytes and differences in covers, and fresh ones between them, make the segment", () => {
  fc.assert(
    fc.property(arbitraryPatch(false), fc.nat(2 ** 31), fc.boolean(), (patch, position, paged) => {
      const old = new Uint8Array(patch.old);
      const next = new Uint8Array(patch.next);
      const covers = new CoverList();
      for (const { oldPosition, newPosition, length } of patch.covers) {
        covers.add(oldPosition, position + newPosition, length);
      }
      const opened = new Opened(old, { pages: paged ? 1 : undefined }).open(next, position);
      opened.covers = covers;
      const { parts } = opened;
      // What stood in the room before must not come through.
      opened.room(parts.differences, next.length + 5).fill(99);
      parts.encode();
      const differences = opened.room(parts.differences, next.length).slice();
      const fresh = opened.room(parts.fresh, parts.freshBytes.value).slice();
      const made = differences.slice();
      expect(made.length).toBe(next.length);
      let [end, used] = [0, 0];
      const takeFresh = (until: number): void => {
        expect(differences.subarray(end, until).every((byte) => byte === 0)).toBe(true);
        made.set(fresh.subarray(used, used + until - end), end);
        used += until - end;
      };
      for (const { oldPosition, newPosition, length } of patch.covers) {
        takeFresh(newPosition);
        end = newPosition + length;
        for (let i = 0; i < length; i += 1) {
          made[newPosition + i] =
            (made[newPosition + i] as number) + (old[oldPosition + i] as number);
        }
      }
      takeFresh(next.length);
      expect(used).toBe(fresh.length);
      expect(Buffer.compare(made, next)).toBe(0);
    }),
  );
});

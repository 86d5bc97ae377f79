import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ChangeLog } from "../../src/memory/change-log.js";

test("what comes after a version is read as long as it is kept, and is otherwise known to be missed", () => {
  const steps = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 60 });
  fc.assert(
    fc.property(steps, fc.integer({ min: 1, max: 12 }), (sizes, kept) => {
      const log = new ChangeLog(kept, 100);
      const versions: number[] = [];
      let version = 100;
      for (const size of sizes) {
        version += size;
        versions.push(version);
        log.append({ kind: "removed", version, id: "a", reason: "unregistered" });
      }
      const dropped = versions.slice(0, Math.max(0, versions.length - kept)).at(-1) ?? 100;
      for (let from = 95; from <= version; from += 1) {
        const cursor = log.cursorAfter(from);
        expect(cursor === undefined).toBe(from < dropped);
        if (cursor === undefined) continue;
        const read = Array.from(
          { length: log.end - cursor },
          (_, index) => log.at(cursor + index)?.version,
        );
        expect(read).toEqual(versions.filter((each) => each > from));
      }
      expect(log.at(log.end - kept - 1)).toBe(undefined);
    }),
  );
});

test("who follows is told of each change until it stops", () => {
  const log = new ChangeLog(1, 0);
  let told = 0;
  const stop = log.follow(() => {
    told += 1;
  });
  for (const version of [1, 2]) {
    log.append({ kind: "removed", version, id: "a", reason: "expired" });
  }
  stop();
  log.append({ kind: "removed", version: 3, id: "a", reason: "expired" });
  expect(told).toBe(2);
});

import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { sourceOfEntry } from "../../docs/source-of-entry.ts";
import { publicPackages } from "../../packages/workspace.ts";

test("the source of an entry point is the index of the folder that is named for it", () => {
  expect(sourceOfEntry("packages/relay", "@potassium/relay")).toBe("packages/relay/src/index.ts");
  expect(sourceOfEntry("packages/relay", "@potassium/relay/server")).toBe(
    "packages/relay/src/server/index.ts",
  );
});

test("every entry point of every package has such a source, so that the reference has all", async () => {
  for (const { folder, entries } of await publicPackages()) {
    for (const entry of entries) expect(existsSync(sourceOfEntry(folder, entry)), entry).toBe(true);
  }
});

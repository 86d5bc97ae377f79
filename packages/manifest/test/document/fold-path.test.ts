import { expect, test } from "vitest";
import { foldPath } from "../../src/document/fold-path.js";
import { isPrivatePath } from "../../src/document/private-folder.js";

test.each([
  ["readme.txt", "README.TXT"],
  ["Data/É.bin", "data/é.bin"],
  ["é", "e\u0301"],
  ["straße", "STRASSE"],
  ["ΣΑΣ", "σας"],
  ["Å", "\u212b"],
  ["a\u200cb", "ab"],
  ["ﬁn", "fin"],
  ["i", "I"],
])("%s and %s fold to one path", (one, other) => {
  expect(foldPath(one)).toBe(foldPath(other));
});

test.each([
  ["a", "b"],
  ["a/b", "ab"],
  ["é", "e"],
  ["а", "a"], // the Cyrillic one
])("%s and %s stay two paths", (one, other) => {
  expect(foldPath(one)).not.toBe(foldPath(other));
});

test.each([
  ".potassium",
  ".POTASSIUM/journal.json",
  ".Potassium/stage/a",
  ".pota\u200cssium",
  ".pota\u017f\u017fium",
])("%s is the updater's own", (path) => {
  expect(isPrivatePath(path)).toBe(true);
});

test.each([".potassium2", "potassium", "a/.potassium", ".potassiu"])(
  "%s is not the updater's own",
  (path) => {
    expect(isPrivatePath(path)).toBe(false);
  },
);

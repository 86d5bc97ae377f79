import { join } from "node:path";
import { findTool } from "@potassium/diff";
import { expect, test } from "vitest";
import { failureOf } from "../../src/exit/failure.js";
import { tellsWhatToDo } from "../../src/exit/own-words.js";
import { temporaryFolder } from "../support/temporary-folder.js";

const folder = await temporaryFolder();

const thrown = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test("a program that isn't found is told in one line by the command's option, the places beside it", async () => {
  const nowhere = { executableFolder: folder, workingFolder: folder, path: folder };
  const { message, advice, details } = failureOf(await thrown(findTool("hdiffz", nowhere)));
  expect(message).toBe(
    "there is no hdiffz here. Get it from https://github.com/sisong/HDiffPatch/releases, and name its place by --hdiffz",
  );
  expect(advice).toBe("");
  expect(details).toHaveLength(3);
  for (const place of details ?? []) expect(place).toContain(`tried ${folder}`);
});

test("a program that was named and is none is told by the command's option", async () => {
  const error = await thrown(findTool("hpatchz", { hpatchz: join(folder, "none") }));
  expect(failureOf(error).message).toMatch(/^--hpatchz names no program: /);
});

test("a message that says what to do gets no advice on top", () => {
  expect(tellsWhatToDo("another update of game is going on: wait for its end. If it …")).toBe(true);
  expect(tellsWhatToDo("there is no manifest in update-1.1.0")).toBe(false);
  expect(tellsWhatToDo("name must not be empty")).toBe(false);
});

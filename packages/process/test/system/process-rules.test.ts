import { expect, test } from "vitest";
import { processRules } from "../../src/system/process-rules.js";

test("Windows has no signals, no groups and no files of sockets", () => {
  expect(processRules("win32")).toEqual({ signals: false, groups: false, socketFiles: false });
});

test.each(["linux", "darwin", "freebsd"] as const)("%s has all of them", (platform) => {
  expect(processRules(platform)).toEqual({ signals: true, groups: true, socketFiles: true });
});

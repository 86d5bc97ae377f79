import { expect, test } from "vitest";
import { volumeFlag } from "../../../src/command/server/volume-flag.js";

test.each([
  ["/srv/maps:/maps", { source: "/srv/maps", target: "/maps" }],
  ["worlds:/data:ro", { source: "worlds", target: "/data", readOnly: true }],
  ["worlds:/data:rw", { source: "worlds", target: "/data" }],
  ["C:\\maps:/maps:ro", { source: "C:\\maps", target: "/maps", readOnly: true }],
  ["/a:b:/c d", { source: "/a:b", target: "/c d" }],
])("%j is read as a mount", (text, mount) => {
  expect(volumeFlag(text)).toEqual([mount]);
});

test("mounts that are given one after another are collected", () => {
  expect(volumeFlag("b:/b", volumeFlag("a:/a")).map(({ source }) => source)).toEqual(["a", "b"]);
});

test.each(["", "/maps", "maps", "maps:", "maps:data", ":/maps", "a:/b:x"])(
  "%j is refused",
  (text) => {
    expect(() => volumeFlag(text)).toThrow("It must be like /srv/maps:/maps");
  },
);

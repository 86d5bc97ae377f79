import { expect, test } from "vitest";
import { VolumeMount } from "../../src/index.js";
import { volumesFromWire, volumesToWire } from "../../src/provider/volume-mount.js";
import { schemaTable } from "../schema-table.js";

schemaTable("VolumeMount", VolumeMount, {
  accepts: [
    { source: "/srv/world", target: "/data" },
    { source: "world", target: "/", readOnly: true },
    { source: "C:\\world", target: "/data", readOnly: false },
  ],
  rejects: [
    [{ source: "", target: "/data" }, "source"],
    [{ source: "a\0", target: "/data" }, "source"],
    [{ source: "a", target: "data" }, "target"],
    [{ source: "a", target: "/data:ro" }, "target"],
    [{ source: "a", target: "/d\0" }, "target"],
    [{ source: "a", target: "" }, "target"],
    [{ source: "a", target: "/data", readOnly: "yes" }, "readOnly"],
    [{ source: "a", target: "/data", read_only: true }, "read_only"],
  ],
});

test("Go's map of volumes is read, with the engine's modes", () => {
  expect(volumesFromWire({ "/srv/a": "/a", b: "/b:ro", "C:\\c": "/c:rw" })).toEqual([
    { source: "/srv/a", target: "/a" },
    { source: "b", target: "/b", readOnly: true },
    { source: "C:\\c", target: "/c" },
  ]);
});

test("volumes are written as Go's map where it can hold them", () => {
  const volumes = [
    { source: "/srv/a", target: "/a" },
    { source: "b", target: "/b", readOnly: true },
  ];
  expect(volumesToWire(volumes)).toEqual({ "/srv/a": "/a", b: "/b:ro" });
  expect(volumesFromWire(volumesToWire(volumes))).toEqual(volumes);
});

test("two targets of one source are written as a list, and read from it", () => {
  const volumes = [
    { source: "a", target: "/a" },
    { source: "a", target: "/b", readOnly: true },
  ];
  expect(volumesToWire(volumes)).toEqual([
    { source: "a", target: "/a" },
    { source: "a", target: "/b", read_only: true },
  ]);
  expect(volumesFromWire(volumesToWire(volumes))).toEqual(volumes);
});

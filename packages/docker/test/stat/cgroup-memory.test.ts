import { describe, expect, test } from "vitest";
import { cgroupMemory } from "../../src/stat/cgroup-memory.js";
import { cgroupTree, elsewhere, engineHere } from "./cgroup-tree.js";

const group = "libpod_parent/libpod-abc";

describe.runIf(process.platform === "linux")("on Linux", () => {
  test("version 2: what is used, and the part of it that is cache", async () => {
    await using tree = await cgroupTree({
      [`${group}/memory.current`]: "1000\n",
      [`${group}/memory.stat`]: "anon 600\nfile 400\ninactive_file 300\n",
    });
    const engine = engineHere("podman", 2);
    const memory = { usage: 1000, stats: { inactive_file: 300 } };
    expect(await cgroupMemory(engine, "abc", tree.path)).toEqual(memory);
    expect(await cgroupMemory(engine, "other", tree.path)).toBeUndefined();
    expect(await cgroupMemory(elsewhere(engine), "abc", tree.path)).toBeUndefined();
  });

  test("version 1: with that of the groups below it", async () => {
    await using tree = await cgroupTree({
      [`memory/${group}/memory.usage_in_bytes`]: "1000\n",
      [`memory/${group}/memory.stat`]: "inactive_file 1\ntotal_inactive_file 300\n",
    });
    const memory = { usage: 1000, stats: { inactive_file: 300 } };
    expect(await cgroupMemory(engineHere("podman", 1), "abc", tree.path)).toEqual(memory);
  });

  test.each([
    ["no usage", "", "inactive_file 300\n"],
    ["garbage for the usage", "lots", "inactive_file 300\n"],
    ["no word on the cache", "1000\n", "anon 600\n"],
    ["garbage for the cache", "1000\n", "inactive_file lots\n"],
  ])("with %s it is undefined", async (_, current, stat) => {
    await using tree = await cgroupTree({
      [`${group}/memory.current`]: current,
      [`${group}/memory.stat`]: stat,
    });
    expect(await cgroupMemory(engineHere("podman", 2), "abc", tree.path)).toBeUndefined();
  });
});

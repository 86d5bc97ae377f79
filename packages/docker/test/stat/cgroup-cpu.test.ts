import { describe, expect, test } from "vitest";
import { cgroupCpu } from "../../src/stat/cgroup-cpu.js";
import { cgroupTree, elsewhere, engineHere } from "./cgroup-tree.js";

const v2 = (usec: string) => `usage_usec ${usec}\nuser_usec 1\nsystem_usec 2\n`;

// The kernel's files are looked for on Linux alone.
describe.runIf(process.platform === "linux")("on Linux", () => {
  test.each([
    ["docker", 2, "system.slice/docker-abc.scope/cpu.stat", v2("1500"), 1_500_000],
    ["docker", 2, "docker/abc/cpu.stat", v2("1500"), 1_500_000],
    ["podman", 2, "machine.slice/libpod-abc.scope/cpu.stat", v2("7"), 7000],
    ["podman", 2, "libpod_parent/libpod-abc/cpu.stat", v2("0"), 0],
    ["docker", 1, "cpuacct/system.slice/docker-abc.scope/cpuacct.usage", "1500\n", 1500],
    ["docker", 1, "cpuacct/docker/abc/cpuacct.usage", "1500\n", 1500],
    ["podman", 1, "cpuacct/machine.slice/libpod-abc.scope/cpuacct.usage", "1500", 1500],
    ["podman", 1, "cpuacct/libpod_parent/libpod-abc/cpuacct.usage", "0\n", 0],
  ] as const)(
    "%s with cgroup version %i: nanoseconds from %s",
    async (kind, version, path, content, ns) => {
      await using tree = await cgroupTree({ [path]: content });
      const before = Date.now();
      const sample = await cgroupCpu(engineHere(kind, version), "abc", tree.path);
      expect(sample?.stats.cpu_stats.cpu_usage.total_usage).toBe(ns);
      expect(sample?.atMs).toBeGreaterThanOrEqual(before);
      expect(Date.parse(sample?.stats.read ?? "")).toBe(sample?.atMs);
    },
  );

  test("a container that isn't there is undefined, and another's numbers are not taken", async () => {
    await using tree = await cgroupTree({
      "docker/other/cpu.stat": v2("1"),
      "libpod_parent/libpod-abc/cpu.stat": v2("1"),
      "cpuacct/docker/abc/cpuacct.usage": "1\n",
    });
    expect(await cgroupCpu(engineHere("docker", 2), "abc", tree.path)).toBeUndefined();
    expect(await cgroupCpu(engineHere("docker", 2), "abc", `${tree.path}/none`)).toBeUndefined();
  });

  test.each([
    "",
    "\n",
    "garbage",
    "-5",
    "1e9",
    "user_usec 5\n",
    "usage_usec\n",
    "usage_usec many\n",
    "xusage_usec 5\n",
  ])("garbage such as %j is undefined", async (content) => {
    await using tree = await cgroupTree({
      "docker/abc/cpu.stat": content,
      "cpuacct/docker/abc/cpuacct.usage": content,
    });
    expect(await cgroupCpu(engineHere("docker", 2), "abc", tree.path)).toBeUndefined();
    expect(await cgroupCpu(engineHere("docker", 1), "abc", tree.path)).toBeUndefined();
  });

  test("where the first place holds garbage, the second counts", async () => {
    await using tree = await cgroupTree({
      "system.slice/docker-abc.scope/cpu.stat": "garbage",
      "docker/abc/cpu.stat": v2("3"),
    });
    const sample = await cgroupCpu(engineHere("docker", 2), "abc", tree.path);
    expect(sample?.stats.cpu_stats.cpu_usage.total_usage).toBe(3000);
  });

  test("of an engine on another machine nothing is read here", async () => {
    await using tree = await cgroupTree({ "docker/abc/cpu.stat": v2("1500") });
    const engine = engineHere("docker", 2);
    expect(await cgroupCpu(engine, "abc", tree.path)).toBeDefined();
    expect(await cgroupCpu(elsewhere(engine), "abc", tree.path)).toBeUndefined();
  });
});

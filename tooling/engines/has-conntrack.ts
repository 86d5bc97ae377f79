import { spawnSync } from "node:child_process";

/**
 * Whether the kernel's table of flows can be read and changed here. Where not, that is said loudly; where
 * `POTASSIUM_REQUIRE` names `conntrack`, it must be.
 */
export function hasConntrack(): boolean {
  if (spawnSync("conntrack", ["-L", "-p", "udp"]).status === 0) return true;
  const text = "no conntrack: its tests need the program of that name, and root";
  if ((process.env["POTASSIUM_REQUIRE"] ?? "").split(",").includes("conntrack"))
    throw new Error(text);
  console.warn(`SKIPPED: ${text}`);
  return false;
}

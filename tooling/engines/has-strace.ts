import { spawnSync } from "node:child_process";

/**
 * Whether strace can stop programs here at a system call. Where not, that is said loudly; where
 * `POTASSIUM_REQUIRE` names `strace`, it must be.
 */
export function hasStrace(): boolean {
  const tried = spawnSync("strace", ["-f", "-e", "inject=rename:signal=KILL:when=1", "true"]);
  if (tried.status === 0) return true;
  const text =
    "no strace: the tests that kill an update at each rename need the program of that name";
  if ((process.env["POTASSIUM_REQUIRE"] ?? "").split(",").includes("strace")) throw new Error(text);
  console.warn(`SKIPPED: ${text}`);
  return false;
}

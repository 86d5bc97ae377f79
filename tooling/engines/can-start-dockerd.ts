import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/**
 * Whether tests can start Docker engines of their own here. Where they can't it is said loudly; where
 * `POTASSIUM_REQUIRE` names docker they must.
 */
export async function canStartDockerd(): Promise<boolean> {
  const problem = await whyNot();
  if (problem === undefined) return true;
  const text = `no Docker engine of the tests' own: ${problem}`;
  const required = (process.env["POTASSIUM_REQUIRE"] ?? "").split(",");
  if (required.includes("docker")) throw new Error(text);
  console.warn(`SKIPPED: ${text}`);
  return false;
}

async function whyNot(): Promise<string | undefined> {
  if (process.getuid?.() !== 0) return "starting one needs root";
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const there = await access(join(folder, "dockerd"), constants.X_OK).catch(() => false);
    if (there === undefined) return undefined;
  }
  return "there is no program dockerd";
}

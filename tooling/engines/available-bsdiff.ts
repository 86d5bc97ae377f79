import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";

/**
 * Whether bsdiff-node, which a compiler must have built, can be loaded: tried in a process of its own. Where
 * not, that is said loudly; where `POTASSIUM_REQUIRE` names `bsdiff`, it must be there.
 *
 * @param importer - `import.meta.url` of a file of the package that depends on it.
 */
export function hasBsdiff(importer: string): boolean {
  try {
    const entry = createRequire(importer).resolve("bsdiff-node");
    execFileSync(process.execPath, ["-e", "require(process.argv[1])", entry], { stdio: "pipe" });
    return true;
  } catch (cause) {
    const text = "no compiled bsdiff-node: its tests need one (npm rebuild bsdiff-node)";
    const required = (process.env["POTASSIUM_REQUIRE"] ?? "").split(",");
    if (required.includes("bsdiff")) throw new Error(text, { cause });
    console.warn(`SKIPPED: ${text}`);
    return false;
  }
}

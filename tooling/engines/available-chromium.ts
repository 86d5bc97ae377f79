import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome"];

/**
 * The path of Chromium or Chrome on this machine. Where there is none, that is said loudly; where
 * `POTASSIUM_REQUIRE` names `chromium`, there must be one.
 */
export function availableChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const places = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (found !== undefined) return found;
  const text = "no Chromium: the tests of pages need the program chromium on the PATH";
  if ((process.env["POTASSIUM_REQUIRE"] ?? "").split(",").includes("chromium"))
    throw new Error(text);
  console.warn(`SKIPPED: ${text}`);
  return undefined;
}

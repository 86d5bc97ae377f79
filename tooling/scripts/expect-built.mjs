// Before a package is packed, in its folder: an unbuilt one would make a tarball without its programs.
import { existsSync, readFileSync } from "node:fs";

const { name, exports, bin } = JSON.parse(readFileSync("package.json", "utf8"));
const files = [...Object.values(exports), ...Object.values(bin ?? {})].flatMap((entry) =>
  typeof entry === "string" ? [entry] : Object.values(entry ?? {}),
);
const missing = files.filter((file) => typeof file === "string" && !existsSync(file));
if (missing.length > 0) {
  console.error(
    `${name} is not built: there is no ${missing.join(", ")}. Run \`npm start\` or \`npm run build\` before.`,
  );
  process.exitCode = 1;
}

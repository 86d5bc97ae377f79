// #region build
import { readFile } from "node:fs/promises";
import { hdiff } from "@potassium/diff";
import { buildUpdate } from "@potassium/manifest";

const release = {
  engines: [hdiff],
  toVersion: "1.1.0",
  product: "skywars",
  channel: "stable",
  sequence: 2, // one more with each release
  ignore: ["*.log"],
  sign: [await readFile("release-key.pem", "utf8")],
};
const fromVersion = "1.0.0";
const report = await buildUpdate("1.0.0", "1.1.0", "update-1.1.0", { ...release, fromVersion });
// The whole version: for new players, for those whose files are damaged, and to check an installation.
await buildUpdate(undefined, "1.1.0", "full-1.1.0", release);
console.log(`${report.shippedBytes} bytes instead of ${report.newTreeBytes}`);
// #endregion

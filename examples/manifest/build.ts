// #region build
import { readFile } from "node:fs/promises";
import { hdiff } from "@potassium/diff";
import { buildUpdate } from "@potassium/manifest";

const report = await buildUpdate("1.0.0", "1.1.0", "update-1.1.0", {
  engines: [hdiff],
  fromVersion: "1.0.0",
  toVersion: "1.1.0",
  product: "skywars",
  channel: "stable",
  sequence: 2, // one more with each release
  ignore: ["*.log"],
  sign: [await readFile("release-key.pem", "utf8")],
  // The whole version too: for new players, for those whose files are damaged, and to check an installation.
  fullDir: "full-1.1.0",
});
console.log(`${report.shippedBytes} bytes instead of ${report.newTreeBytes}`);
// #endregion

import type { UpdateResult } from "@potassium/manifest";
import { bytesText, countText } from "../../output/amounts.js";
import { oneLine } from "../../output/printable.js";

/** What an update or a repair has done, for people. */
export function resultText(result: UpdateResult): string {
  const { fromVersion, toVersion, alreadyDone, files, downloadedBytes, writtenBytes } = result;
  if (alreadyDone) return oneLine(`${toVersion} is installed already: nothing was to be done`);
  const from = fromVersion === "" || fromVersion === toVersion ? "" : ` in place of ${fromVersion}`;
  const done = [
    `${countText(files.written, "file")} written`,
    files.deleted === 0 ? "" : `${countText(files.deleted, "file")} deleted`,
    files.linked === 0 ? "" : `${countText(files.linked, "link")} made`,
    `${bytesText(downloadedBytes)} downloaded, ${bytesText(writtenBytes)} written`,
  ];
  return oneLine(
    `${toVersion} is installed${from}: ${done.filter((part) => part !== "").join(", ")}`,
  );
}

import { join } from "node:path";
import { hdiff } from "@potassium/diff";
import { buildUpdate, type KeyPair } from "@potassium/manifest";
import { writeBuild } from "./game-builds.js";
import { tell, verify } from "./narrator.js";

/** What the build server does: both versions as a whole, and the update between them. */
export async function buildUpdates(
  folder: string,
  { privateKey }: KeyPair,
  signal: AbortSignal,
): Promise<void> {
  const at = (name: string) => join(folder, name);
  for (const version of ["1.0", "1.1"] as const) await writeBuild(version, at(version));
  const release = {
    engines: [hdiff],
    product: "skywars",
    channel: "stable",
    sign: [privateKey],
    signal,
  };
  const old = { ...release, toVersion: "1.0", sequence: 1 };
  await buildUpdate(undefined, at("1.0"), at("full-1.0"), old);
  const next = { ...release, toVersion: "1.1", sequence: 2 };
  const report = await buildUpdate(at("1.0"), at("1.1"), at("update-1.1"), {
    ...next,
    fromVersion: "1.0",
    fullDir: at("full-1.1"),
  });
  const { added, changed, moved, deleted } = report.files;
  verify(
    [added, changed, moved, deleted].join() === "1,2,1,1",
    "each file's way from 1.0 to 1.1 was found",
  );
  tell(
    `${changed} files changed, ${added} new, ${moved} moved, ${deleted} deleted: ${report.shippedBytes} bytes for ${report.newTreeBytes}`,
  );
}

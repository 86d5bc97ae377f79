import * as nodeFs from "node:fs/promises";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { installedVersion } from "../src/installed-version.js";
import { sha256 } from "./fixture/node-snapshot.js";
import { rejectionOf } from "./fixture/rejection-of.js";
import { runUpdate } from "./fixture/run-update.js";
import { temporaryFolder } from "./fixture/temporary-folder.js";
import { stageFrom, transactionBetween } from "./fixture/transaction-between.js";

it("installedVersion() tells nothing of a folder without an update, and makes nothing there", async () => {
  const root = await temporaryFolder();
  expect(await installedVersion(root)).toBeUndefined();
  expect(await nodeFs.readdir(root)).toEqual([]);
});

it("installedVersion() tells what the last update has installed", async () => {
  const root = await temporaryFolder();
  const details = {
    sequence: 3,
    product: "skywars",
    platform: "linux-x64",
    channel: "beta",
    manifestHash: sha256("manifest"),
  };
  const transaction = transactionBetween({}, { a: "a" }, details);
  await runUpdate(root, transaction, { stage: stageFrom(nodeFs, { a: "a" }) });
  const record = await installedVersion(root);
  expect(record).toEqual({
    version: "1.1.0",
    ...details,
    transaction: expect.stringMatching(/^[0-9a-f]{32}$/),
  });
  expect(Object.isFrozen(record)).toBe(true);
});

it.each([
  "",
  "[]",
  "{}",
  '{"version":1}',
  '{"version":"1","sequence":"2"}',
  '{"version":"1","product":{}}',
])("installedVersion() rejects with REPAIR_NEEDED for a record of %j", async (text) => {
  const root = await temporaryFolder();
  await mkdir(join(root, ".potassium"));
  await writeFile(join(root, ".potassium/installed.json"), text);
  const error = await rejectionOf(() => installedVersion(root));
  expect(error).toMatchObject({
    code: "REPAIR_NEEDED",
    path: join(root, ".potassium/installed.json"),
  });
});

it("installedVersion() rejects with NOT_FOUND without the folder, and UNSAFE_PLACE where the updater's is a file", async () => {
  const root = await temporaryFolder();
  const missing = join(root, "none");
  expect(await rejectionOf(() => installedVersion(missing))).toMatchObject({ code: "NOT_FOUND" });
  await writeFile(join(root, ".potassium"), "");
  expect(await rejectionOf(() => installedVersion(root))).toMatchObject({ code: "UNSAFE_PLACE" });
});

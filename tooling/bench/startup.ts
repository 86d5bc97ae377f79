// What a package costs before it does anything: the time of its import, and what its installation brings.
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Installation, installAlone } from "../packages/install.ts";
import { packAll } from "../packages/tarball.ts";
import { type PublicPackage, publicPackages } from "../packages/workspace.ts";
import { type BenchRow, median, report } from "./report.ts";

/** What each package is measured against: the library that it stands on, installed and imported alone. */
const peers: Readonly<Record<string, string>> = {
  "@potassium/core-types": "zod",
  "@potassium/diff": "bsdiff-node",
  "@potassium/docker": "dockerode",
  // An updater that launchers of Electron have, with its own feed, downloads and staging.
  "@potassium/manifest": "electron-updater",
  "@potassium/process": "zod",
  "@potassium/registry": "zod",
  "@potassium/relay": "undici",
};

const samples = 15;
const execute = promisify(execFile);

/** Milliseconds that Node takes to import `specifier`, beyond its own start. */
async function importMs(folder: string, specifier: string): Promise<number> {
  const program = `const start = performance.now();
    const module = await import(${JSON.stringify(specifier)});
    const ms = performance.now() - start;
    if (Object.keys(module).length === 0) throw new Error("nothing is exported");
    console.log(ms);`;
  const { stdout } = await execute(process.execPath, ["--input-type=module", "-e", program], {
    cwd: folder,
  });
  return Number(stdout);
}

/** Takes turns, so that a disturbance of the machine meets both. */
async function importBoth(ours: Installation, name: string, theirs: Installation, peer: string) {
  const times: [number[], number[]] = [[], []];
  for (let sample = 0; sample < samples; sample += 1) {
    times[0].push(await importMs(ours.folder, name));
    times[1].push(await importMs(theirs.folder, peer));
  }
  return times.map(median) as [number, number];
}

async function measure(
  target: PublicPackage,
  tarballs: ReadonlyMap<string, string>,
  folder: string,
): Promise<BenchRow[]> {
  const peer = peers[target.name];
  if (peer === undefined) throw new Error(`${target.name} has no peer in tooling/bench/startup.ts`);
  const needed = [target.name, ...target.dependencies].flatMap((name) => tarballs.get(name) ?? []);
  const ours = await installAlone(needed, join(folder, "ours", target.name));
  const theirs = await installAlone([peer], join(folder, "theirs", target.name));
  const [value, peerValue] = await importBoth(ours, target.name, theirs, peer);
  const row = { case: target.name, peer };
  return [
    { ...row, metric: "import", unit: "ms", value, peerValue },
    {
      ...row,
      metric: "installed size",
      unit: "kB",
      value: ours.sizeBytes / 1000,
      peerValue: theirs.sizeBytes / 1000,
    },
    {
      ...row,
      metric: "installed packages",
      unit: "",
      value: ours.packages.length,
      peerValue: theirs.packages.length,
    },
  ];
}

const folder = await mkdtemp(join(tmpdir(), "potassium-startup-"));
try {
  const tarballs = await packAll(folder);
  const rows: BenchRow[] = [];
  for (const target of await publicPackages())
    rows.push(...(await measure(target, tarballs, folder)));
  await report("startup", rows);
} finally {
  await rm(folder, { recursive: true, force: true });
}

import { fileURLToPath } from "node:url";
import type { Command } from "@potassium/tooling/bench/measured-run";

const folder = fileURLToPath(new URL("..", import.meta.url));

/** Which engines an update is built with, and applied. */
export type EngineNames = readonly ("hdiff" | "bsdiff")[];

/** What an update is built of. The keys are PEM. */
export interface OwnBuild {
  readonly oldDir: string;
  readonly newDir: string;
  readonly outDir: string;
  readonly privateKey: string;
}

export interface OwnApply {
  readonly root: string;
  readonly update: string;
  readonly publicKey: string;
  readonly mode: "in-place" | "versioned";
}

/** The built packages in a fresh process of Node, whose start and memory count. */
export function ownBuild(build: OwnBuild, engines: EngineNames): Command {
  const { oldDir, newDir, outDir, privateKey } = build;
  const options = { fromVersion: "1", toVersion: "2", sign: [privateKey] };
  return program(`
    await manifest.buildUpdate(...${JSON.stringify([oldDir, newDir, outDir])}, {
      ...${JSON.stringify(options)}, engines: ${enginesOf(engines)},
    });`);
}

/** Its check of the signature, too. */
export function ownApply({ root, update, publicKey, mode }: OwnApply): Command {
  const trust = { keys: [publicKey] };
  return program(`
    const source = manifest.folderSource(${JSON.stringify(update)});
    const update = await manifest.openUpdate(source, ${JSON.stringify({ trust })});
    await manifest.applyUpdate(${JSON.stringify(root)}, update, {
      mode: ${JSON.stringify(mode)}, engines: ${enginesOf(["hdiff", "bsdiff"])},
    });`);
}

/** What this package generates itself, also where hdiffz is at hand. */
function enginesOf(names: EngineNames): string {
  const engines = names.map((name) => {
    const generate =
      name === "hdiff"
        ? `(...paths) => diff.hdiff.generate(...paths.slice(0, 3), { ...paths[3], engine: "builtin" })`
        : "diff.bsdiff.generate";
    return `{ algorithm: "${name}", generate: ${generate}, apply: diff.${name}.apply }`;
  });
  return `[${engines.join(", ")}]`;
}

function program(work: string): Command {
  const text = `const manifest = await import("@potassium/manifest");
    const diff = await import("@potassium/diff");
    ${work}`;
  return { program: process.execPath, args: ["--input-type=module", "-e", text], cwd: folder };
}

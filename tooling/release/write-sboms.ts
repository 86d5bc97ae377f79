// A part of `npm run sbom`.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { installAlone } from "../packages/install.ts";
import { packAll } from "../packages/tarball.ts";
import { publicPackages } from "../packages/workspace.ts";
import { root } from "../scripts/pnpm.mjs";
import { runQuietly } from "../scripts/run.mjs";
import { billOfPackage } from "./bill-of-materials.ts";

const folder = await mkdtemp(join(tmpdir(), "potassium-sbom-"));
try {
  const tarballs = await packAll(folder);
  await mkdir(`${root}sbom`, { recursive: true });
  for (const { name, dependencies } of await publicPackages()) {
    const needed = [name, ...dependencies].flatMap((needed) => tarballs.get(needed) ?? []);
    const installation = await installAlone(needed, join(folder, name));
    const { code, output } = await runQuietly("npm", ["sbom", "--sbom-format", "cyclonedx"], {
      cwd: installation.folder,
      shell: process.platform === "win32",
    });
    if (code !== 0) throw new Error(`npm sbom failed for ${name}:\n${output}`);
    const bill = billOfPackage(JSON.parse(output), name);
    const file = `sbom/${name.replace(/^.*\//, "")}.cdx.json`;
    await writeFile(root + file, `${JSON.stringify(bill, null, 2)}\n`);
    console.log(`${file}: ${name} and ${bill.components.length} packages`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

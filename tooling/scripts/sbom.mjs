// `npm run sbom`: writes what each package brings, as it is installed, into sbom/<name>.cdx.json.
import { pnpm } from "./pnpm.mjs";
import { run } from "./run.mjs";
import { setup } from "./setup.mjs";

await setup();
process.exitCode = await run(...pnpm("exec", "tsx", "tooling/release/write-sboms.ts"));

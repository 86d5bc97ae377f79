// `npm run docs`: writes the API reference into docs/api.
import { pnpm } from "./pnpm.mjs";
import { run } from "./run.mjs";
import { setup } from "./setup.mjs";

await setup();
const [program, args, options] = pnpm("exec", "tsx", "tooling/docs/api-reference.ts");
process.exitCode = await run(program, args, options);

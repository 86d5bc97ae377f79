// `npm start`: the main job, on a fresh clone.
import { root } from "./pnpm.mjs";
import { run } from "./run.mjs";
import { setup } from "./setup.mjs";

await setup(["--filter=@potassium/examples..."]);
process.exitCode = await run(process.execPath, ["examples/dist/quickstart.js"], { cwd: root });

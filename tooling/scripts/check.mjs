// `npm run check`: types, lint, import directions and the API reference, without the tests.
import { runChecks } from "./checks.mjs";
import { setup } from "./setup.mjs";

await setup();
const { failed } = await runChecks();
process.exitCode = failed === 0 ? 0 : 1;

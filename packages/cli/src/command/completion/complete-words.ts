import { defineVerb } from "../verb.js";
import { candidates } from "./candidates.js";

/** What the shells ask; not for people. */
export const completeWords = defineVerb({
  name: "complete",
  summary: "Tell what may stand where the cursor is",
  hidden: true,
  examples: [],
  declare: (command) => command.argument("[words...]", "what is typed, behind --"),
  async run({ output }, [words]) {
    // Not before it is asked for: the tree has this verb in it.
    const { makeProgram } = await import("../program.js");
    const silent = { invoke: async () => {}, write() {}, writeError() {} };
    const found = candidates(makeProgram(silent), words);
    await output.result(found, () =>
      found.map(({ word, description }) => `${word}\t${description}\n`).join(""),
    );
  },
});

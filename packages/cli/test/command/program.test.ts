import type { Command } from "commander";
import { expect, test } from "vitest";
import { groups } from "../../src/command/groups.js";
import { makeProgram, verbPath } from "../../src/command/program.js";
import type { Verb } from "../../src/command/verb.js";

interface Named {
  readonly path: string;
  readonly verb: Verb;
}

function allVerbs(verbs: readonly Verb[], above: string): readonly Named[] {
  return verbs.flatMap((verb) => {
    const path = `${above} ${verb.name}`.trim();
    return [{ path, verb }, ...allVerbs(verb.verbs ?? [], path)];
  });
}

const verbs = groups.flatMap((entry) =>
  "run" in entry ? allVerbs([entry], "") : allVerbs(entry.verbs, entry.name),
);

/** As a shell splits it: quotes hold together, and `|` and `>` end the command. */
const words = (line: string): readonly string[] =>
  [...(line.split(/ [|]| >/)[0] ?? "").matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, single, double, plain]) => single ?? double ?? plain ?? "",
  );

test.each(verbs.filter(({ verb }) => verb.hidden !== true))(
  "$path has examples, and each is a command line that it takes",
  async ({ path, verb }) => {
    expect(verb.examples.length).toBeGreaterThan(0);
    for (const { line } of verb.examples) {
      const invoked: Command[] = [];
      const program = makeProgram({
        invoke: async (_, command) => void invoked.push(command),
        write() {},
        writeError() {},
      });
      await program.parseAsync([...words(line)], { from: "user" });
      const [command] = invoked;
      // A verb that has others below it may show those.
      expect(command === undefined ? "" : verbPath(command), line).toMatch(new RegExp(`^${path}`));
    }
  },
);

test.each(verbs)("$path says in one line what it does", ({ verb }) => {
  expect(verb.summary).toMatch(/^[A-Z].{10,90}[^.]$/);
});

import { buffer } from "node:stream/consumers";
import { byteCount } from "../option/byte-count.js";
import { duration } from "../option/duration.js";
import { defineVerb } from "../verb.js";
import { engineFields, engineOptions } from "./engine-options.js";
import { environmentFlag, environmentOf } from "./environment-flag.js";
import { openProvider } from "./open-provider.js";

export const runInServer = defineVerb({
  name: "exec",
  summary: "Run a program in a server, and end with its exit code",
  description:
    "No shell reads the command. Its output comes when it has ended. Options stand before the server's name.",
  examples: [
    { does: "one program", line: "server exec skywars-1 ls -l /data" },
    { does: "several, by the server's shell", line: "server exec skywars-1 sh -c 'ps | wc -l'" },
    {
      does: "write a file by standard input",
      line: "server exec -i skywars-1 tee /data/motd < motd.txt",
    },
  ],
  interrupted: "The program was killed.",
  fields: {
    ...engineFields,
    command: "<command>",
    environment: "--env",
    workingDirectory: "--workdir",
    user: "--user",
    timeoutMs: "--timeout",
    maxOutputBytes: "--max-output",
  },
  declare: (command) =>
    engineOptions(
      command
        .argument("<server>", "its name or id")
        .argument("<command...>", "the program and its arguments")
        .option("-i, --stdin", "give it this command's standard input, once that has ended")
        .option(
          "-e, --env <variable>",
          "a variable: KEY=VALUE, or KEY for this command's own; may be given again",
          environmentFlag,
        )
        .option("-w, --workdir <path>", "the folder that it runs in, an absolute path")
        .option("-u, --user <user>", "who it runs as, by name or number")
        .option("--timeout <time>", "how long it may take: 30s", duration)
        .option("--max-output <bytes>", "how much of its output is kept (default: 1MiB)", byteCount)
        .passThroughOptions(),
    ),
  async run({ output, signal, stdin, env: own }, [id, command], options) {
    const { stdin: hasInput, env, workdir, user, timeout, maxOutput, ...engine } = options;
    const { abortable } = await import("@potassium/core-types");
    await using provider = await openProvider(engine);
    const result = await provider.exec(id, command, {
      stdin: hasInput === true ? await abortable(buffer(stdin), signal) : undefined,
      environment: environmentOf(env, own),
      workingDirectory: workdir,
      user,
      timeoutMs: timeout,
      maxOutputBytes: maxOutput,
      signal,
    });
    if (output.json) await output.result(result, () => "");
    else {
      await output.raw(result.stdout);
      await output.rawError(result.stderr);
      if (result.truncated) output.warn("some of its output was dropped: raise --max-output");
    }
    return result.exitCode;
  },
});

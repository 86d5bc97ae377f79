import type { InstallProblem } from "@potassium/manifest";
import { ExitCode } from "../../exit/exit-code.js";
import { countText } from "../../output/amounts.js";
import { table } from "../../output/table.js";
import { showProgress } from "../../progress/show-progress.js";
import { repeated } from "../option/repeated.js";
import { defineVerb } from "../verb.js";
import { cutOff } from "./cut-off.js";
import { openFields, openOne, openOptions } from "./open-updates.js";

export const verifyInstallVerb = defineVerb({
  name: "verify",
  summary: "Compare every file of an installation with a full update",
  description: "Nothing is written. Where anything differs, the exit code is 4.",
  examples: [
    {
      does: "is all as it should be?",
      line: "update verify game full-1.1.0 --key release-key.pub",
    },
    {
      does: "and what doesn't belong there, but for the players' own files",
      line: "update verify game full-1.1.0 --key release-key.pub --extra --ignore saves/",
    },
  ],
  fields: { ...openFields, ignore: "--ignore" },
  declare: (command) =>
    openOptions(
      command
        .argument("<root>", "the folder of the installation")
        .argument("<full>", "the folder or address of the full update of its version")
        .option("--extra", "tell of files that the version doesn't have too")
        .option(
          "--ignore <pattern>",
          "which of them not, as in a .gitignore; may be given again",
          repeated,
        ),
    ),
  async run(context, [root, place], options) {
    const { verifyInstall } = await import("@potassium/manifest");
    const { output, progress, signal } = context;
    const report = await verifyInstall(root, await openOne(context, place, options), {
      extra: options.extra,
      ignore: options.ignore,
      signal,
      onProgress: showProgress(progress),
    });
    const unfinished = await cutOff(root);
    await output.result({ ...report, interrupted: unfinished !== undefined }, () => {
      const { ok, version, checkedPaths, problems } = report;
      const state = ok ? output.style.good("all is as it should be") : output.style.bad("damaged");
      const said = `${version}: ${state}, ${countText(checkedPaths, "path")} checked\n`;
      if (problems.length === 0) return said;
      const rows = problems.map((problem) => [problem.kind, problem.path, detailOf(problem)]);
      return `${said}\n${table(["PROBLEM", "PATH", ""], rows, output.style.bold)}`;
    });
    if (unfinished !== undefined) output.note(`cut off: ${unfinished}`);
    return report.ok ? ExitCode.done : ExitCode.corrupt;
  },
});

function detailOf(problem: InstallProblem): string {
  switch (problem.kind) {
    case "missing":
    case "extra":
      return "";
    case "modified":
      return problem.foundHash === undefined ? "no plain file" : "";
    case "mode":
      return problem.executable ? "must be executable" : "must not be executable";
    case "link":
      return `must be a link to ${problem.target}`;
    case "unsafe":
      return problem.message;
    default:
      problem satisfies never;
      return "";
  }
}

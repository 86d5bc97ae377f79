import type { FoundTool, ToolName } from "@potassium/diff";
import { failureOf } from "../../exit/failure.js";
import { usageError } from "../../exit/usage-error.js";
import { table } from "../../output/table.js";
import type { Context } from "../context.js";
import { Argument } from "../typed-command.js";
import { defineVerb } from "../verb.js";
import { toolNames } from "./found-tools.js";
import { toolPathOptions, toolsOf } from "./tool-options.js";

type Pinned = Pick<FoundTool, "name" | "version" | "sha256">;

export const pinTools = defineVerb({
  name: "pin",
  summary: "Write into potassium.tools.json which programs may run",
  description:
    "Without names all that are found are pinned. Run it with programs that you trust, once on each platform, and commit the file; or give version and digest of another platform's program.",
  examples: [
    { does: "all that are found", line: "diff tools pin" },
    {
      does: "one, from where you know it to be",
      line: "diff tools pin hdiffz --hdiffz ./bin/hdiffz",
    },
    {
      does: "one of another platform",
      line: "diff tools pin hdiffz --platform win32-x64 --tool-version 4.12.1 --sha256 3f5a…",
    },
  ],
  fields: {
    version: "--tool-version",
    sha256: "--sha256",
    platform: "--platform",
    hdiffz: "--hdiffz",
    hpatchz: "--hpatchz",
  },
  declare: (command) =>
    toolPathOptions(
      command
        .addArgument(new Argument("[names...]", "which programs").choices(toolNames))
        .option("--file <file>", "the file that is written", "potassium.tools.json")
        .option("--platform <name>", "which platform's: \"linux-x64\" (default: this machine's)")
        .option(
          "--tool-version <version>",
          "with --sha256: pins it unseen, instead of one that is found",
        )
        .option("--sha256 <hex>", "with --tool-version"),
    ),
  async run(context, [names], options) {
    const { file, platform, toolVersion: version, sha256 } = options;
    if ((version === undefined) !== (sha256 === undefined)) {
      throw usageError("--tool-version and --sha256 go together");
    }
    if (platform !== undefined && version === undefined) {
      throw usageError(
        "--platform needs --tool-version and --sha256: only this platform's are found",
      );
    }
    const { pinTool } = await import("@potassium/diff");
    const pinned = await toPin(context, names, options);
    for (const tool of pinned) await pinTool(file, tool, platform);
    await context.output.result({ file, pinned }, () => {
      const rows = pinned.map(({ name, version, sha256 }) => [name, version, sha256]);
      return `${file}\n\n${table(["TOOL", "VERSION", "SHA-256"], rows, context.output.style.bold)}`;
    });
  },
});

interface PinOptions {
  readonly hdiffz?: string | undefined;
  readonly hpatchz?: string | undefined;
  readonly toolVersion?: string | undefined;
  readonly sha256?: string | undefined;
}

async function toPin(
  { output, signal }: Context,
  names: readonly ToolName[],
  { toolVersion, sha256, ...options }: PinOptions,
): Promise<readonly Pinned[]> {
  if (toolVersion !== undefined && sha256 !== undefined) {
    if (names.length !== 1) throw usageError("--tool-version and --sha256 are of one program");
    return names.map((name) => ({ name, version: toolVersion, sha256 }));
  }
  const { findTool } = await import("@potassium/diff");
  const { hasErrorCode } = await import("@potassium/core-types");
  const found: Pinned[] = [];
  const missing: { readonly name: ToolName; readonly error: Error }[] = [];
  for (const name of names.length === 0 ? toolNames : names) {
    try {
      const { version, sha256 } = await findTool(name, { ...toolsOf(options), signal });
      found.push({ name, version, sha256 });
    } catch (error) {
      if (names.length > 0 || !hasErrorCode(error, "ENGINE_UNAVAILABLE")) throw error;
      missing.push({ name, error });
    }
  }
  if (found.length === 0 && missing[0] !== undefined) throw missing[0].error;
  for (const { name, error } of missing) {
    output.note(`${name} is not pinned: ${failureOf(error).message}`);
  }
  return found;
}

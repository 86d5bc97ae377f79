import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { ToolName } from "../../src/tool/tool-options.js";

/** What a stand-in for hdiffz or hpatchz does when it runs. Without more, it ends well and writes nothing. */
export interface StandInPlan {
  readonly name: ToolName;
  /** That -v tells. @default "4.12.1" */
  readonly version?: string;
  /** What -v prints instead. */
  readonly versionText?: string;
  /** A file to which it adds each of its runs. */
  readonly runsPath?: string;
  /** What it writes to its output, which must not be there. */
  readonly writesBase64?: string;
  /** It makes a folder tree of its output. */
  readonly makesFolder?: boolean;
  readonly floodMegabytes?: number;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly exitCode?: number;
  readonly ignoresSigterm?: boolean;
  /** It runs until it is killed. */
  readonly hangs?: boolean;
  /** A file that it makes, with its process id, when all of the above but the end is done. */
  readonly startedPath?: string;
}

export interface StandInRun {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly pid: number;
  readonly program: string;
}

const source = new URL("fixture/stand-in.cjs", import.meta.url);

/** Writes a stand-in program to `path`. */
export async function writeStandIn(path: string, plan: StandInPlan): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const head = `#!${process.execPath}\nglobalThis.plan = ${JSON.stringify(plan)};\n`;
  await writeFile(path, head + (await readFile(source, "utf8")), { mode: 0o755 });
  return path;
}

/** The runs that stand-ins added to a file. */
export async function runsOf(runsPath: string): Promise<readonly StandInRun[]> {
  const text = await readFile(runsPath, "utf8").catch(() => "");
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));
}

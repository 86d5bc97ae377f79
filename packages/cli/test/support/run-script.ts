import { spawn } from "node:child_process";
import { chmod, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { bin } from "./bin.js";

/** A script of bash in `folder`, where `potassium` is the built command. It ends at the first line that fails. */
export async function runScript(
  folder: string,
  script: string,
  env: Readonly<Record<string, string>> = {},
) {
  const command = join(folder, "potassium");
  await writeFile(command, `#!/bin/sh\nexec "${process.execPath}" "${bin}" "$@"\n`);
  await chmod(command, 0o755);
  const child = spawn("bash", ["-e", "-c", script], {
    cwd: folder,
    env: { ...process.env, ...env, PATH: `${folder}${delimiter}${process.env["PATH"]}` },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk;
  });
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, stdout, stderr };
}

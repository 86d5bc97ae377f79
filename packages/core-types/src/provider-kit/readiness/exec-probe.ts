import type { StartingServer } from "./starting-server.js";

/** Resolves when the command inside the server ends with 0. */
export async function probeExec(
  server: Pick<StartingServer, "exec">,
  command: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const { exitCode, stderr, stdout } = await server.exec(command, { signal, maxOutputBytes: 4096 });
  if (exitCode === 0) return;
  const output = (stderr.trim() || stdout.trim()).split("\n").at(-1) ?? "";
  throw new Error(`exit code ${exitCode}${output === "" ? "" : `, ${output}`}`);
}

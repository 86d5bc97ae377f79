import { once } from "node:events";
import { delay } from "@potassium/core-types";
import { DockerError } from "../docker-error.js";
import type { Connection } from "../engine/connection.js";
import { containerPath } from "../engine/engine-request.js";
import { ExecLost, exec } from "./exec.js";

/** The exit code of a program that wrote to a pipe without a reader: 128 and SIGPIPE. */
const brokenPipe = 141;

/**
 * Writes one line to a container's standard input, which stays open.
 *
 * @throws {DockerError} `NOT_SUPPORTED` on Podman, where the image has no `tee`
 */
export async function writeConsole(
  connection: Connection,
  id: string,
  line: string,
  signal?: AbortSignal,
): Promise<void> {
  // Podman closes a container's input when the first who attached to it leaves, so that the second line
  // is lost. Its first process' input is a pipe, to which another process can write as well.
  if (connection.info.kind === "podman") await writeByTee(connection, id, line, signal);
  else await writeByAttaching(connection, id, line, signal);
}

async function writeByAttaching(
  { client }: Connection,
  id: string,
  line: string,
  signal?: AbortSignal,
): Promise<void> {
  const request = {
    method: "POST",
    path: containerPath(id, "/attach"),
    query: { stream: true, stdin: true },
    signal,
  } as const;
  const socket = await client.upgrade(request);
  try {
    socket.resume();
    const closed = once(socket, "close");
    // Who waits for it may not come to that.
    closed.catch(() => {});
    await new Promise<void>((resolve, reject) => {
      socket.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
    });
    // The engine closes its side once it has passed on what came before the end.
    socket.end();
    await Promise.race([closed, delay(1000)]);
  } catch (error) {
    signal?.throwIfAborted();
    throw client.lost(error, request);
  } finally {
    socket.destroy();
  }
}

async function writeByTee(
  connection: Connection,
  id: string,
  line: string,
  signal?: AbortSignal,
): Promise<void> {
  const options = { user: "0", stdin: `${line}\n`, signal };
  try {
    const { exitCode, stderr } = await exec(connection, id, ["tee", "/proc/1/fd/0"], options);
    if (exitCode === 0) return;
    // tee says why it fails. Where it says nothing it ended with the server, which the line may have ended.
    if (stderr.trim() === "" && exitCode !== brokenPipe) return;
    throw new DockerError(
      "IO_ERROR",
      `could not write to the console of server ${id}: ${stderr.trim() || "nobody reads it"}`,
    );
  } catch (error) {
    // The line may have been what ended the server.
    if (error instanceof ExecLost) return;
    if ((error as { code?: unknown }).code !== "EXEC_FAILED") throw error;
    const message =
      "Podman closes a container's input behind the first line; to write another way, the image needs the program tee";
    throw new DockerError("NOT_SUPPORTED", message, { cause: error });
  }
}

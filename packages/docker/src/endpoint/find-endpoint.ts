import { readFile } from "node:fs/promises";
import { connect } from "node:net";
import { homedir } from "node:os";
import { join } from "node:path";
import { DockerError } from "../docker-error.js";
import { defaultSockets, thisSystem } from "./default-sockets.js";
import { contextEndpoint, currentContext } from "./docker-context.js";
import { describeEndpoint, type Endpoint, type TlsFiles } from "./endpoint.js";
import { parseEndpoint } from "./parse-endpoint.js";

/** Which engine is meant. With none of it, the environment and the usual places decide. */
export interface EndpointOptions {
  /** As in DOCKER_HOST: `unix:///run/docker.sock`, `tcp://10.0.0.5:2376`, `ssh://user@host`. */
  readonly host?: string | undefined;
  /** Name of a context of the docker command. */
  readonly context?: string | undefined;
  /** Certificates, in PEM, for a `tcp` host. */
  readonly tls?: TlsFiles | undefined;
}

/**
 * The endpoint that the docker command would take, and Podman's where that has none: the options,
 * `DOCKER_HOST` (with `DOCKER_TLS_VERIFY` and `DOCKER_CERT_PATH`), `DOCKER_CONTEXT`, the command's current
 * context, then the first socket in the usual places that takes a connection.
 *
 * @throws {DockerError} `UNAVAILABLE` with what was tried
 */
export async function findEndpoint(
  options: EndpointOptions,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Endpoint> {
  const folder = env["DOCKER_CONFIG"] || join(homedir(), ".docker");
  if (options.host !== undefined) return parseEndpoint(options.host, options.tls);
  // "default" is the docker command's name for what the environment and the usual places say.
  if (options.context !== undefined && options.context !== "default")
    return contextEndpoint(folder, options.context);
  if (env["DOCKER_HOST"])
    return parseEndpoint(env["DOCKER_HOST"], await environmentTls(env, folder));
  const context =
    options.context ?? (env["DOCKER_CONTEXT"] || undefined) ?? (await currentContext(folder));
  if (context !== undefined && context !== "default") return contextEndpoint(folder, context);
  return firstListening(defaultSockets(thisSystem()));
}

async function environmentTls(
  env: NodeJS.ProcessEnv,
  folder: string,
): Promise<TlsFiles | undefined> {
  const path = env["DOCKER_CERT_PATH"] || undefined;
  if (!env["DOCKER_TLS_VERIFY"] && path === undefined) return undefined;
  const read = (file: string) => readFile(join(path ?? folder, file), "utf8");
  try {
    const [ca, cert, key] = await Promise.all([read("ca.pem"), read("cert.pem"), read("key.pem")]);
    return { ca, cert, key, insecure: !env["DOCKER_TLS_VERIFY"] };
  } catch (error) {
    throw new DockerError(
      "INVALID_ARGUMENT",
      `could not read the certificates in ${path ?? folder}`,
      {
        cause: error,
        field: "tls",
      },
    );
  }
}

/** The first of these sockets that takes a connection. @throws {DockerError} `UNAVAILABLE` with what was tried */
export async function firstListening(paths: readonly string[]): Promise<Endpoint> {
  const tried: string[] = [];
  for (const path of paths) {
    const problem = await connectProblem(path);
    if (problem === undefined) return { kind: "socket", path };
    tried.push(`${describeEndpoint({ kind: "socket", path })} (${problem})`);
  }
  throw new DockerError(
    "UNAVAILABLE",
    `no container engine was found; tried ${tried.join(", ")}. Start Docker or Podman, or set DOCKER_HOST`,
  );
}

/** Why no connection comes about, or `undefined` where one does. */
function connectProblem(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.setTimeout(2000, () => {
      socket.destroy();
      resolve("no answer");
    });
    socket.once("connect", () => {
      socket.destroy();
      resolve(undefined);
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
}

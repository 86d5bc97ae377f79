import { canonicalHost } from "@potassium/core-types";
import { DockerError } from "../docker-error.js";
import type { Endpoint, TlsFiles } from "./endpoint.js";

/**
 * Reads an engine's address as the docker command takes it: `unix:///run/docker.sock`,
 * `npipe:////./pipe/docker_engine`, `tcp://10.0.0.5:2376`, `https://…`, `ssh://user@host:22`. Without a
 * scheme it is TCP.
 *
 * @param tls makes a TCP connection one with TLS.
 * @throws {DockerError} `INVALID_ARGUMENT`
 */
export function parseEndpoint(text: string, tls?: TlsFiles): Endpoint {
  const [, scheme = "tcp", rest = ""] = /^(?:([a-z]+):\/\/)?(.*)$/s.exec(text) ?? [];
  if (text.includes("\0")) throw badHost(text);
  if (scheme === "unix" && rest.startsWith("/")) return { kind: "socket", path: rest };
  if (scheme === "npipe" && /^[\\/]{2}./.test(rest))
    return { kind: "socket", path: rest.replaceAll("/", "\\") };
  if (scheme === "ssh") return parseSsh(rest, text);
  if (scheme === "tcp" || scheme === "http" || scheme === "https") {
    const secure = scheme === "https" ? (tls ?? {}) : tls;
    return parseTcp(rest, text, secure);
  }
  throw badHost(text);
}

function parseTcp(rest: string, text: string, tls: TlsFiles | undefined): Endpoint {
  const [, written = "", given] =
    /^(\[[^\]]+\]|[^[\]:/?#@\s]+)(?::(\d{1,5}))?\/?$/.exec(rest) ?? [];
  const host = canonicalHost(written);
  // The engine's own ports are 2375, and 2376 with TLS.
  const port = given === undefined ? (tls === undefined ? 2375 : 2376) : Number(given);
  if (host === undefined || !isPort(port)) throw badHost(text);
  return { kind: "tcp", host, port, tls };
}

function parseSsh(rest: string, text: string): Endpoint {
  const match =
    /^((?:[A-Za-z0-9_][\w.-]*@)?(?:[A-Za-z0-9_][\w.-]*|\[[0-9a-fA-F:]+\]))(?::(\d{1,5}))?\/?$/.exec(
      rest,
    );
  const port = match?.[2] === undefined ? undefined : Number(match[2]);
  if (match?.[1] === undefined || (port !== undefined && !isPort(port))) throw badHost(text);
  return { kind: "ssh", destination: match[1].replace(/\[(.*)\]/, "$1"), port };
}

const isPort = (port: number) => port >= 1 && port <= 65_535;

function badHost(text: string): DockerError {
  return new DockerError(
    "INVALID_ARGUMENT",
    `invalid engine address ${JSON.stringify(text)}: write unix:///path, npipe:////./pipe/name, tcp://host:port, https://host:port or ssh://user@host`,
    { field: "host" },
  );
}

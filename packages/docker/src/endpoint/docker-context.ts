import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import type { Endpoint, TlsFiles } from "./endpoint.js";
import { parseEndpoint } from "./parse-endpoint.js";

const CliConfig = z.object({ currentContext: z.optional(z.string()) });

const ContextMeta = z.object({
  Endpoints: z.object({
    docker: z.object({ Host: z.string(), SkipTLSVerify: z._default(z.boolean(), false) }),
  }),
});

/**
 * The name of the context that the docker command uses now, from its config.json.
 *
 * @param folder the command's configuration folder, usually `~/.docker`.
 */
export async function currentContext(folder: string): Promise<string | undefined> {
  const text = await readIfThere(join(folder, "config.json"));
  if (text === undefined) return undefined;
  const name = CliConfig.safeParse(parseJson(text)).data?.currentContext;
  return name === "" || name === "default" ? undefined : name;
}

/**
 * The endpoint of a context of the docker command.
 *
 * @throws {DockerError} `NOT_FOUND` where there is no such context, `INVALID_ARGUMENT` where it is broken
 * @see https://docs.docker.com/engine/manage-resources/contexts/
 */
export async function contextEndpoint(folder: string, name: string): Promise<Endpoint> {
  // The command names a context's folder by the hash of its name.
  const id = createHash("sha256").update(name).digest("hex");
  const file = join(folder, "contexts", "meta", id, "meta.json");
  const text = await readIfThere(file);
  if (text === undefined) {
    throw new DockerError(
      "NOT_FOUND",
      `there is no Docker context ${name}: \`docker context ls\` lists them`,
    );
  }
  const meta = ContextMeta.safeParse(parseJson(text)).data?.Endpoints.docker;
  if (meta === undefined) {
    throw new DockerError(
      "INVALID_ARGUMENT",
      `the Docker context ${name} has no readable endpoint: ${file}`,
      {
        field: "context",
      },
    );
  }
  const tls = await contextTls(join(folder, "contexts", "tls", id, "docker"));
  const insecure = meta.SkipTLSVerify ? { ...tls, insecure: true } : tls;
  return parseEndpoint(meta.Host, insecure);
}

async function contextTls(folder: string): Promise<TlsFiles | undefined> {
  const [ca, cert, key] = await Promise.all(
    ["ca.pem", "cert.pem", "key.pem"].map((file) => readIfThere(join(folder, file))),
  );
  return ca === undefined && cert === undefined ? undefined : { ca, cert, key };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR" || code === "EACCES") return undefined;
    throw new DockerError("IO_ERROR", `could not read ${file}`, { cause: error });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

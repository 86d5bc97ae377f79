import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";
import type { EngineClient } from "../engine/engine-client.js";
import { EngineFailure, isFailure } from "../engine/engine-failure.js";
import { jsonLines } from "../engine/json-lines.js";

/** When images are fetched: where they are missing, before every start, or never. */
export type PullPolicy = "missing" | "always" | "never";

/** Who asks a registry of images. */
export interface RegistryAuth {
  readonly username: string;
  readonly password: string;
}

/** How far the fetching of an image is, in the engine's words. */
export interface PullProgress {
  readonly image: string;
  readonly status: string;
  readonly layer?: string | undefined;
  readonly doneBytes?: number | undefined;
  readonly totalBytes?: number | undefined;
}

export interface ImageOptions {
  readonly pull: PullPolicy;
  /** Credentials for a registry, by its host: "registry.example.com". */
  readonly auth?: ((registry: string) => RegistryAuth | undefined) | undefined;
  readonly onPullProgress?: ((progress: PullProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Sees to it that the engine has the image.
 *
 * @throws {DockerError} `IMAGE_NOT_FOUND`, `UNAUTHORIZED`, `UNAVAILABLE` (its registry)
 */
export async function ensureImage(
  client: EngineClient,
  image: string,
  options: ImageOptions,
): Promise<void> {
  const { pull, signal } = options;
  const there = await hasImage(client, image, signal);
  if (there && pull !== "always") return;
  // `localhost/` is where engines put what was built or imported: no registry has it.
  if (pull === "never" || image.startsWith("localhost/")) {
    if (there) return;
    throw notFound(
      image,
      pull === "never" ? "and none is pulled" : "and localhost/ is no registry",
    );
  }
  await pullImage(client, image, options);
}

async function hasImage(
  client: EngineClient,
  image: string,
  signal?: AbortSignal,
): Promise<boolean> {
  try {
    await client.plain({
      method: "GET",
      path: `/images/${encodeURIComponent(image)}/json`,
      signal,
    });
    return true;
  } catch (error) {
    if (isFailure(error, 404)) return false;
    // Names that no image can have: Docker says 400, Podman 500.
    if (
      isFailure(error, 400) ||
      (error instanceof EngineFailure && error.says(/invalid reference|must be lowercase/i))
    ) {
      throw notFound(image, error.reason, error);
    }
    throw error;
  }
}

const PullLine = z.object({
  status: z._default(z.string(), ""),
  id: z.optional(z.string()),
  error: z.optional(z.string()),
  progressDetail: z.nullish(
    z.object({ current: z.optional(z.number()), total: z.optional(z.number()) }),
  ),
});

/** The engine answers 200 at once; whether it went well is said inside the stream, or by its end. */
async function pullImage(
  client: EngineClient,
  image: string,
  options: ImageOptions,
): Promise<void> {
  const { name, tag, registry } = splitImage(image);
  const auth = options.auth?.(registry);
  const header = auth === undefined ? undefined : encodeAuth({ ...auth, serveraddress: registry });
  const secrets = auth === undefined || header === undefined ? [] : [auth.password, header];
  const request = {
    method: "POST",
    path: "/images/create",
    query: { fromImage: name, tag },
    headers: header === undefined ? {} : { "X-Registry-Auth": header },
    secrets,
    signal: options.signal,
    timeoutMs: 0,
  } as const;
  try {
    const answer = await client.stream(request);
    for await (const line of jsonLines(answer, PullLine)) {
      if (line.error !== undefined) throw new EngineFailure(500, line.error, secrets);
      options.onPullProgress?.({
        image,
        status: line.status,
        layer: line.id,
        doneBytes: line.progressDetail?.current,
        totalBytes: line.progressDetail?.total,
      });
    }
  } catch (error) {
    options.signal?.throwIfAborted();
    // A callback's own error is its caller's; a connection that broke off is the engine's.
    const broken = (error as { code?: unknown }).code === "ECONNRESET";
    throw pullError(image, broken ? client.lost(error, request) : error);
  }
  if (!(await hasImage(client, image, options.signal))) {
    throw new DockerError(
      "BAD_RESPONSE",
      `the engine pulled ${image} without an error and does not have it`,
    );
  }
}

function pullError(image: string, error: unknown): unknown {
  if (!(error instanceof EngineFailure)) return error;
  const { reason } = error;
  if (error.says(/unauthorized|authentication required|access denied.*login/i)) {
    return new DockerError(
      "UNAUTHORIZED",
      `the registry of ${image} wants other credentials: ${reason}`,
      { cause: error },
    );
  }
  // Said of the registry's name, not of the image.
  if (error.says(/lookup \S+.*no such host|server misbehaving|name resolution/i)) {
    const text = `the registry of ${image} can't be reached, for its name is not known`;
    return new DockerError("UNAVAILABLE", `${text}: ${reason}`, { cause: error });
  }
  if (
    error.says(
      /not found|manifest unknown|does not exist|no such|denied|invalid reference|repository name/i,
    )
  ) {
    return notFound(image, reason, error);
  }
  return new DockerError("UNAVAILABLE", `could not pull ${image}: ${reason}`, { cause: error });
}

function notFound(image: string, why: string, cause?: unknown): DockerError {
  return new DockerError("IMAGE_NOT_FOUND", `there is no image ${image}: ${why}`, {
    cause,
    field: "image",
  });
}

/** `registry:5000/team/game:1.2` or `…@sha256:…`, apart. */
export function splitImage(image: string): { name: string; tag: string; registry: string } {
  const [name = "", digest] = image.split("@");
  const colon = name.lastIndexOf(":");
  const tagged = colon > name.lastIndexOf("/");
  const first = name.split("/")[0] ?? "";
  const registry = name.includes("/") && /[.:]|^localhost$/.test(first) ? first : "docker.io";
  if (digest !== undefined)
    return { name: tagged ? name.slice(0, colon) : name, tag: digest, registry };
  return {
    name: tagged ? name.slice(0, colon) : name,
    tag: tagged ? name.slice(colon + 1) : "latest",
    registry,
  };
}

function encodeAuth(auth: object): string {
  return Buffer.from(JSON.stringify(auth)).toString("base64url");
}

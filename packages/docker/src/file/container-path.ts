import { posix } from "node:path";
import { DockerError } from "../docker-error.js";

/** A file inside a container: its folder and its name there. */
export interface ContainerPath {
  readonly path: string;
  readonly folder: string;
  readonly name: string;
}

/**
 * Takes a path apart. It is absolute and does not climb: what is meant stands there.
 *
 * @throws {DockerError} `INVALID_ARGUMENT`
 */
export function containerFile(path: string): ContainerPath {
  if (typeof path !== "string") {
    throw new DockerError("INVALID_ARGUMENT", `path: must be a text, not of type ${typeof path}`, {
      field: "path",
    });
  }
  const segments = path.split("/").slice(1);
  const problem = !path.startsWith("/")
    ? "must be absolute"
    : path === "/"
      ? "must name something below /"
      : path.includes("\0")
        ? "must not hold NUL"
        : segments.some((segment) => segment === "" || segment === "." || segment === "..")
          ? "must not hold empty segments, . or .."
          : undefined;
  if (problem !== undefined) {
    throw new DockerError("INVALID_ARGUMENT", `path: ${problem}: ${JSON.stringify(path)}`, {
      field: "path",
    });
  }
  return { path, folder: posix.dirname(path), name: posix.basename(path) };
}

import { isAbsolute } from "node:path";
import { CommandLine, Environment, ProviderError, parseInput } from "@potassium/core-types";

/** What an image's name stands for: a program of this machine. */
export interface ImageEntry {
  /**
   * The program and the arguments that it always gets. It is looked up in `PATH`; name files in
   * arguments by absolute paths, for a server runs in a folder of its own.
   */
  readonly command: readonly string[];
  /** The arguments that follow, unless the request's `command` takes their place. */
  readonly defaultArguments?: readonly string[] | undefined;
  /** An absolute path. @default the server's own folder, the one that `copyTo` writes to as `/` */
  readonly workingDirectory?: string | undefined;
  /** Variables for each server of the image; a request's win. */
  readonly environment?: Readonly<Record<string, string>> | undefined;
}

const knownFields = new Set(["command", "defaultArguments", "workingDirectory", "environment"]);

/**
 * Checks a catalogue of images.
 *
 * @throws {ProviderError} `INVALID_ARGUMENT` with the `field` at fault.
 */
export function parseImages(images: unknown): ReadonlyMap<string, ImageEntry> {
  if (!isRecord(images)) throw invalid("images", "must be an object of images by their names");
  return new Map(
    Object.entries(images).map(([name, entry]) => [name, parseEntry(entry, `images.${name}`)]),
  );
}

function parseEntry(entry: unknown, field: string): ImageEntry {
  if (!isRecord(entry)) throw invalid(field, "must be an object with a command");
  for (const key of Object.keys(entry)) {
    if (!knownFields.has(key)) throw invalid(`${field}.${key}`, "is not a known field");
  }
  const within = (key: string) => (message: string, _: string, inner: string) =>
    new ProviderError("INVALID_ARGUMENT", message, {
      field: `${field}.${key}${inner.startsWith("[") ? "" : inner && "."}${inner}`,
    });
  const { workingDirectory, defaultArguments, environment } = entry;
  const [program = "", ...args] = parseInput(
    CommandLine,
    entry["command"],
    "command of an image",
    within("command"),
  );
  if (program === "") throw invalid(`${field}.command[0]`, "must name a program");
  if (
    workingDirectory !== undefined &&
    (typeof workingDirectory !== "string" || !isAbsolute(workingDirectory))
  ) {
    throw invalid(`${field}.workingDirectory`, "must be an absolute path");
  }
  return {
    command: [program, ...args],
    defaultArguments: parseDefaultArguments(),
    workingDirectory,
    environment:
      environment === undefined
        ? undefined
        : parseInput(Environment, environment, "environment of an image", within("environment")),
  };

  function parseDefaultArguments() {
    // A command line of no words is one too, here.
    if (Array.isArray(defaultArguments) && defaultArguments.length === 0) return [];
    if (defaultArguments === undefined) return undefined;
    const what = "arguments of an image";
    return parseInput(CommandLine, defaultArguments, what, within("defaultArguments"));
  }
}

/**
 * The image with this name.
 *
 * @throws {ProviderError} `IMAGE_NOT_FOUND`, with the names of those there are.
 */
export function findImage(images: ReadonlyMap<string, ImageEntry>, name: string): ImageEntry {
  const entry = images.get(name);
  if (entry !== undefined) return entry;
  const known = [...images.keys()].map((key) => JSON.stringify(key)).join(", ") || "none";
  throw new ProviderError(
    "IMAGE_NOT_FOUND",
    `there is no image ${JSON.stringify(name)} in the provider's catalogue, which has: ${known}`,
    { field: "image" },
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function invalid(field: string, problem: string): ProviderError {
  return new ProviderError("INVALID_ARGUMENT", `invalid provider options: ${field}: ${problem}`, {
    field,
  });
}

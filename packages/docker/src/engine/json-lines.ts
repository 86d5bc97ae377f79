import { LineDecoder } from "@potassium/core-types/provider-kit";
import * as z from "zod/mini";
import { DockerError } from "../docker-error.js";

/**
 * The values of a stream of JSON lines, in whatever pieces it comes. Leaving the loop destroys the stream.
 *
 * @throws {DockerError} `BAD_RESPONSE` where a line is not what `schema` says, or the last one is cut off
 */
export async function* jsonLines<Schema extends z.core.$ZodType>(
  stream: AsyncIterable<Uint8Array>,
  schema: Schema,
): AsyncGenerator<z.output<Schema>> {
  const decoder = new LineDecoder({ maxLineBytes: 16 * 1024 * 1024 });
  for await (const bytes of stream) {
    for (const line of decoder.push(bytes)) {
      if (line.trim() !== "") yield parseLine(line, schema);
    }
  }
  for (const line of decoder.end()) {
    if (line.trim() !== "") yield parseLine(line, schema);
  }
}

function parseLine<Schema extends z.core.$ZodType>(line: string, schema: Schema): z.output<Schema> {
  try {
    return z.parse(schema, JSON.parse(line));
  } catch (error) {
    throw new DockerError(
      "BAD_RESPONSE",
      `the engine sent a line that is not what it should be: ${line.slice(0, 200)}`,
      {
        cause: error,
      },
    );
  }
}

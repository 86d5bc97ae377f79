import * as z from "zod";
import type { TestEngine } from "../engines.js";
import { rawContainer } from "./raw-container.js";
import { askRaw, demandRaw } from "./raw-engine.js";

/** The suite's image with another program, which need not be in it. Removed at the end. */
export async function imageWithProgram(
  engine: TestEngine,
  program: string,
): Promise<AsyncDisposable & { readonly image: string }> {
  await using container = await rawContainer(engine, { start: false });
  const query = new URLSearchParams({
    container: container.id,
    repo: `localhost/${container.name}`,
    tag: "1",
    changes: `ENTRYPOINT ${JSON.stringify([program])}`,
  });
  await demandRaw(engine.host, "POST", `/commit?${query}`, z.looseObject({ Id: z.string() }), {});
  const image = `localhost/${container.name}:1`;
  return {
    image,
    async [Symbol.asyncDispose]() {
      await askRaw(engine.host, "DELETE", `/images/${encodeURIComponent(image)}?force=true`);
    },
  };
}

import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { expect, test } from "vitest";
import type { Orchestrator } from "../orchestrator/orchestrator.js";
import { openPage } from "../orchestrator/page/open-page.js";

test("a page whose port is taken says how to choose another", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const { signal } = new AbortController();
  try {
    // It answers no request: no orchestrator is asked.
    await expect(openPage({} as Orchestrator, { port, signal })).rejects.toThrow(
      `the page's port ${port} is taken: set ORCHESTRATOR_PORT`,
    );
  } finally {
    other.close();
  }
});

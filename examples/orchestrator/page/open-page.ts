import { once } from "node:events";
import { createServer } from "node:http";
import type { Orchestrator } from "../orchestrator.js";
import { answerRequest } from "./answer-request.js";

export interface Page extends AsyncDisposable {
  readonly url: string;
}

export interface PageOptions {
  /** 0 is a free one. */
  readonly port: number;
  /** Ends what the page's buttons have begun. */
  readonly signal: AbortSignal;
}

/** Serves the page on this machine alone. */
export async function openPage(
  orchestrator: Orchestrator,
  { port, signal }: PageOptions,
): Promise<Page> {
  const closing = new AbortController();
  const ended = AbortSignal.any([signal, closing.signal]);
  const requests = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    const answered = answerRequest(orchestrator, request, response, ended)
      .catch((error) => {
        orchestrator.log.tell(`${request.url}: ${String(error)}`);
        response.destroy();
      })
      .finally(() => requests.delete(answered));
    requests.add(answered);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening").catch((cause: unknown) => {
    if (!(cause instanceof Error && "code" in cause && cause.code === "EADDRINUSE")) throw cause;
    const advice = "set ORCHESTRATOR_PORT to another, or to 0 for a free one";
    throw new Error(`the page's port ${port} is taken: ${advice}`, { cause });
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return {
    url: `http://127.0.0.1:${address.port}/`,
    async [Symbol.asyncDispose]() {
      closing.abort(new Error("the page is closed"));
      server.close();
      await Promise.all(requests);
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import { hasErrorCode } from "@potassium/core-types";
import type { Orchestrator } from "../orchestrator.js";
import { Refusal } from "../refusal.js";
import { acts } from "./act.js";
import { sendStaticFile } from "./static-files.js";
import { streamState } from "./stream-state.js";

/** Answers one request of the page. */
export async function answerRequest(
  orchestrator: Orchestrator,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  if (!isFromHere(request)) return answer(response, 403, "ask by the page on this machine");
  const { pathname } = new URL(request.url ?? "/", "http://localhost");
  if (request.method === "GET") {
    if (pathname === "/events") return streamState(orchestrator, response, signal);
    if (await sendStaticFile(pathname, response)) return undefined;
  }
  const [, kind = "", subject = "", ...rest] = pathname.split("/");
  const act = acts[`${request.method} /${[kind, ":", ...rest].join("/")}`];
  if (act === undefined) return answer(response, 404, "there is no such thing");
  try {
    return answer(response, 200, await act(orchestrator, decodeURIComponent(subject), { signal }));
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    orchestrator.log.tell(message);
    return answer(response, statusOf(error), message);
  }
}

/**
 * Any web site that an operator visits can send requests to this machine. Those that change something tell where they come
 * from; and a name of the site's own that leads here shows in `Host`.
 */
function isFromHere({ headers, socket }: IncomingMessage): boolean {
  const hosts = ["127.0.0.1", "localhost"].map((name) => `${name}:${socket.localPort}`);
  const { host = "", origin } = headers;
  return hosts.includes(host) && (origin === undefined || origin === `http://${host}`);
}

function statusOf(error: unknown): number {
  if (error instanceof Refusal) return 409;
  const isWrong = error instanceof URIError || hasErrorCode(error, "INVALID_ARGUMENT");
  return isWrong ? 400 : 500;
}

function answer(response: ServerResponse, status: number, message: string): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify({ message }));
}

import { request } from "node:http";
import { text } from "node:stream/consumers";

/** An engine's answer. */
export interface EngineAnswer {
  readonly status: number;
  readonly text: string;
}

/** Sends an engine a request of its own API, with no provider between. */
export function askEngine(
  host: string,
  method: string,
  path: string,
  json?: unknown,
): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    const body = json === undefined ? undefined : JSON.stringify(json);
    const headers = body === undefined ? {} : { "Content-Type": "application/json" };
    const socketPath = host.replace(/^unix:\/\//, "");
    const asking = request({ socketPath, method, path, headers, agent: false }, (answer) => {
      const status = answer.statusCode ?? 0;
      text(answer).then((said) => resolve({ status, text: said }), reject);
    });
    asking.once("error", reject);
    asking.end(body);
  });
}

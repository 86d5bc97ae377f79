import { once } from "node:events";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

/** What stands between a client and an HTTP server. */
export interface LossyLink extends AsyncDisposable {
  readonly url: string;
  /** Whether requests that change something reach the server, and their answers nobody. */
  losesAnswers: boolean;
  readonly lostAnswers: number;
}

export async function openLossyLink(target: string): Promise<LossyLink> {
  let lostAnswers = 0;
  const server = createServer(async (request, response) => {
    const { method = "GET", url = "/" } = request;
    const body = await text(request);
    const answer = await fetch(new URL(url, target), { method, ...(body && { body }) });
    const answered = await answer.text();
    if (link.losesAnswers && method !== "GET") {
      lostAnswers += 1;
      response.destroy();
      return;
    }
    response.writeHead(answer.status, { "Content-Type": "application/json" }).end(answered);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  const link: LossyLink = {
    url: `http://127.0.0.1:${address.port}`,
    losesAnswers: false,
    get lostAnswers() {
      return lostAnswers;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
  return link;
}

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import { join } from "node:path";

export interface FileServer extends AsyncDisposable {
  readonly url: string;
  /** Bytes of files that were sent so far. */
  readonly sentBytes: number;
}

/** Serves a folder by HTTP on this machine alone, in the place of a CDN. */
export async function openFileServer(folder: string): Promise<FileServer> {
  let sentBytes = 0;
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    await send(join(folder, path), response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return {
    url: `http://127.0.0.1:${address.port}`,
    get sentBytes() {
      return sentBytes;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };

  async function send(path: string, response: ServerResponse): Promise<void> {
    try {
      const bytes = await readFile(path);
      sentBytes += bytes.length;
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  }
}

import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";
import { hasErrorCode, ServerInfoJson, type ServerRegistry } from "@potassium/core-types";

export interface RegistrationDesk extends AsyncDisposable {
  readonly url: string;
}

/** Where game servers register themselves, by HTTP: `POST /servers` and `DELETE /servers/<id>`. */
export async function openRegistrationDesk(registry: ServerRegistry): Promise<RegistrationDesk> {
  const server = createServer(async (request, response) => {
    try {
      response.statusCode = await handle(request, registry);
    } catch (error) {
      response.statusCode = hasErrorCode(error, "INVALID_ARGUMENT") ? 400 : 500;
      response.write(String(error));
    }
    response.end();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not a TCP server");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

async function handle(request: IncomingMessage, registry: ServerRegistry): Promise<number> {
  if (request.method === "POST" && request.url === "/servers") {
    await registry.register(ServerInfoJson.decode(await json(request)));
    return 204;
  }
  const id = /^\/servers\/([^/]+)$/.exec(request.url ?? "")?.[1];
  if (request.method !== "DELETE" || id === undefined) return 404;
  return (await registry.unregister(decodeURIComponent(id))) ? 204 : 404;
}

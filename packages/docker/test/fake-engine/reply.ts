import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** An answer, or what comes instead of one. */
export interface Reply {
  readonly write: (response: ServerResponse) => Promise<void>;
  /** For a connection that becomes a raw stream. */
  readonly raw?: (socket: Socket) => Promise<void>;
}

export const json = (status: number, value: unknown): Reply => plain(status, JSON.stringify(value));

export const plain = (status: number, body: string): Reply => ({
  write: async (response) => {
    response.writeHead(status).end(body);
  },
});

export const empty = (status: number): Reply => plain(status, "");

/** Keeps the connection open and says nothing. */
export const silence = (): Reply => ({ write: async () => {} });

/** Breaks the connection off without a word: the request may have been carried out. */
export const drop = (): Reply => ({
  write: async (response) => {
    response.socket?.destroy();
  },
});

/** Begins an answer, and never ends it. */
export const begun = (body: string | Uint8Array, status = 200): Reply => ({
  write: async (response) => {
    response.writeHead(status).write(body);
  },
});

/** Begins an answer, and breaks the connection off in the middle of it. */
export const cutOff = (body: string | Uint8Array, status = 200): Reply => ({
  write: async (response) => {
    response.writeHead(status);
    await new Promise((resolve) => response.write(body, resolve));
    response.socket?.destroySoon();
  },
});

/** Sends pieces as they come. */
export const streamed = (pieces: AsyncIterable<string | Uint8Array>): Reply => ({
  write: async (response) => {
    response.writeHead(200);
    response.flushHeaders();
    for await (const piece of pieces) {
      if (response.destroyed) return;
      response.write(piece);
    }
    response.end();
  },
});

/** Switches to a raw stream, on which `talk` goes on. */
export const switched = (talk: (socket: Socket) => void): Reply => ({
  write: async (response) => {
    response.writeHead(500).end("not an upgrade");
  },
  raw: async (socket) => {
    socket.write("HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n");
    talk(socket);
    await once(socket, "close");
  },
});

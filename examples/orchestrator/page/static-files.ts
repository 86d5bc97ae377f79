import { readFile } from "node:fs/promises";
import type { ServerResponse } from "node:http";

/** What the page consists of: by the path of the request its type. */
const types: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "palette.css": "text/css; charset=utf-8",
  "page.css": "text/css; charset=utf-8",
  "page.js": "text/javascript; charset=utf-8",
  "elements.js": "text/javascript; charset=utf-8",
  "servers.js": "text/javascript; charset=utf-8",
  "players.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
};

/** @returns whether there is such a file. */
export async function sendStaticFile(path: string, response: ServerResponse): Promise<boolean> {
  const name = path === "/" ? "index.html" : path.slice(1);
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (type === undefined) return false;
  // Seen from where this is built.
  const bytes = await readFile(new URL(`../orchestrator/public/${name}`, import.meta.url));
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Security-Policy": "default-src 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(bytes);
  return true;
}

import { RelayError, Route, type RouteTable } from "@potassium/core-types";
import { excerpt } from "./relay-answer.js";

/**
 * The `status` of a body such as `{"status":"ok"}`.
 *
 * @param source names the answer in messages: "the answer of relay … to GET /health".
 * @throws {RelayError} `BAD_RESPONSE` where it has none.
 */
export function parseStatus(body: string, source: string): string {
  const { status } = parseObject(body, source);
  if (typeof status === "string") return status;
  throw badResponse(source, `has no status: ${excerpt(body)}`);
}

/**
 * The table of routes, its addresses canonical.
 *
 * @param source names the answer in messages.
 * @throws {RelayError} `BAD_RESPONSE` where it holds anything but `"IP":"host:port"`.
 */
export function parseRouteTable(body: string, source: string): RouteTable {
  const table = new Map<string, string>();
  for (const [key, value] of Object.entries(parseObject(body, source))) {
    const route = Route.safeParse({ playerIp: key, backend: value });
    if (!route.success) {
      const entry = excerpt(`${JSON.stringify(key)}:${JSON.stringify(value)}`);
      throw badResponse(source, `holds a malformed route: ${entry}`);
    }
    const { playerIp, backend } = route.data;
    // Peel keeps spellings apart and looks packets up by the canonical one, so that is what counts.
    if (key === playerIp || !table.has(playerIp)) table.set(playerIp, backend);
  }
  return Object.freeze(Object.fromEntries(table));
}

function parseObject(body: string, source: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (cause) {
    throw badResponse(source, `is no JSON: ${excerpt(body)}`, cause);
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw badResponse(source, `is no JSON object: ${excerpt(body)}`);
}

function badResponse(source: string, problem: string, cause?: unknown): RelayError {
  return new RelayError(
    "BAD_RESPONSE",
    `${source} ${problem}; check that the URL is that of a relay`,
    { cause },
  );
}

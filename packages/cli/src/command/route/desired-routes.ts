import { PotassiumError, RouteJson, type RouteTable } from "@potassium/core-types";

/**
 * Reads the routes that there should be: a list of routes, as `route list --json` prints it, or the table that a relay
 * answers, `{"192.168.1.50": "10.99.0.10:5520"}`. The client checks the table.
 *
 * @throws {PotassiumError} `INVALID_ARGUMENT` with the place in the list, or where a player stands there twice.
 */
export function desiredRoutes(json: unknown): RouteTable {
  if (!Array.isArray(json)) return json as RouteTable;
  const table = new Map<string, string>();
  for (const [index, item] of json.entries()) {
    const { playerIp, backend } = routeAt(index, item);
    if ((table.get(playerIp) ?? backend) !== backend) {
      const message = `invalid routes: [${index}]: ${playerIp} has another backend already`;
      throw new PotassiumError("INVALID_ARGUMENT", message, { field: `desired[${index}]` });
    }
    table.set(playerIp, backend);
  }
  return Object.fromEntries(table);
}

function routeAt(index: number, item: unknown) {
  try {
    return RouteJson.decode(item);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = `invalid routes: [${index}]: ${reason}`;
    throw new PotassiumError("INVALID_ARGUMENT", message, { cause, field: `desired[${index}]` });
  }
}

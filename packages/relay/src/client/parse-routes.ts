import { IpAddress, parseInput, RelayError, Route, type RouteTable } from "@potassium/core-types";
import { kindOf } from "../option/kind-of.js";
import { checkedTable } from "./checked-table.js";

/** A route as `setRoutes` is given it. */
export function parseRoute(playerIp: string, backend: string): Route {
  return parseInput(Route, { playerIp, backend }, "route", invalidInput);
}

export function parsePlayerIp(ip: string): string {
  return parseInput(IpAddress, ip, "player IP", (message) => invalidInput(message, "playerIp"));
}

/**
 * The routes of a list, canonical, in its order. The same route may stand there twice.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with the place as its `field` (`routes[3].playerIp`) where an
 *   address is malformed, or a player has another backend further up; with `routes` where it is no list.
 */
export function parseRoutes(routes: Iterable<Route>): readonly Route[] {
  const backends = new Map<string, string>();
  return Array.from(checkedList(routes, "routes"), (item, index) => {
    const place = `routes[${index}]`;
    const route = parseInput(Route, item, place, (message, _, path) =>
      invalidInput(message, path === "" ? place : `${place}.${path}`),
    );
    claim(backends, route, `${place}.playerIp`);
    return route;
  });
}

/**
 * The addresses of a list, canonical, in its order. One may stand there twice.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with the place as its `field`, `playerIps[3]`, or with `playerIps`
 *   where it is no list.
 */
export function parsePlayerIps(playerIps: Iterable<string>): readonly string[] {
  return Array.from(checkedList(playerIps, "playerIps"), (ip, index) => {
    const place = `playerIps[${index}]`;
    return parseInput(IpAddress, ip, place, (message) => invalidInput(message, place));
  });
}

/**
 * A table with canonical addresses.
 *
 * @throws {RelayError} `INVALID_ARGUMENT` with the place as its `field` (`desired["10.0.0.1"]`) where a
 *   route is malformed, or two spellings of an address have different backends; with `desired` where it
 *   is no table.
 */
export function parseDesiredTable(desired: RouteTable): RouteTable {
  const backends = new Map<string, string>();
  for (const [playerIp, backend] of Object.entries(checkedTable(desired, "desired"))) {
    const place = `desired[${JSON.stringify(playerIp)}]`;
    const route = parseInput(Route, { playerIp, backend }, place, (message) =>
      invalidInput(message, place),
    );
    claim(backends, route, place);
  }
  return Object.freeze(Object.fromEntries(backends));
}

/** Of what can't be walked through, `Array.from` would make an empty list, and of a string its letters. */
function checkedList<Item>(list: Iterable<Item>, field: string): Iterable<Item> {
  const isObject = typeof list === "object" && list !== null;
  if (isObject && typeof list[Symbol.iterator] === "function") return list;
  throw invalidInput(`invalid ${field}: must be a list, not ${kindOf(list)}`, field);
}

function claim(backends: Map<string, string>, { playerIp, backend }: Route, place: string): void {
  const other = backends.get(playerIp);
  if (other === undefined) backends.set(playerIp, backend);
  else if (other !== backend) {
    const problem = `${playerIp} has the backend ${other} already, so it can't have ${backend} too`;
    throw invalidInput(`invalid ${place}: ${problem}`, place);
  }
}

function invalidInput(message: string, field: string): RelayError {
  return new RelayError("INVALID_ARGUMENT", message, { field });
}

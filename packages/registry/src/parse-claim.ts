import {
  defaultLeaseMs,
  type FindOptions,
  GameMode,
  LobbyRequest,
  parseInput,
  SeatOrder,
  SeatRequest,
  type ServerConditions,
} from "@potassium/core-types";
import {
  invalidArgument,
  isCount,
  isIdentifier,
  parseConditions,
  parseCount,
} from "./parse-argument.js";

/** What a find looks for. */
export interface FindQuery {
  readonly seats: number;
  readonly order: SeatOrder;
  /** Left out where there are no conditions. */
  readonly where?: ServerConditions | undefined;
}

/** A claim with everything that has a default filled in. Frozen. */
export type ParsedSeatRequest = SeatRequest & { readonly seats: number };
export type ParsedLobbyRequest = LobbyRequest & { readonly seats: number };

const maxSeats = 1_000_000;
const anySeat: FindQuery = { seats: 1, order: "oldest" };

/** Unlike a server's mode, one that is looked for can't be left out. */
export function parseMode(mode: unknown): string {
  if (typeof mode === "string" && mode.length <= 255) return mode;
  return parseInput(GameMode, mode, "mode", (message) => invalidArgument(message, "mode"));
}

export function parseFindOptions(options: FindOptions | undefined): FindQuery {
  if (options === undefined) return anySeat;
  const { seats = 1, order = "oldest", where } = options;
  return {
    seats: parseCount(seats, "seats", 1, maxSeats),
    order: isSeatOrder(order)
      ? order
      : parseInput(SeatOrder, order, "order", (message) => invalidArgument(message, "order")),
    where: where === undefined ? undefined : parseConditions(where),
  };
}

export function parseSeatRequest(request: unknown): ParsedSeatRequest {
  const quick = quickRequest(request);
  if (quick?.mode !== undefined) return quick as ParsedSeatRequest;
  return withSeats(parseInput(SeatRequest, request, "request", invalidArgument));
}

export function parseLobbyRequest(request: unknown): ParsedLobbyRequest {
  return (
    quickRequest(request) ??
    withSeats(parseInput(LobbyRequest, request, "request", invalidArgument))
  );
}

function withSeats<Request extends LobbyRequest>(request: Request): Request & { seats: number } {
  const { seats = Math.max(1, request.party.length), party } = request;
  if (party.length > seats) {
    const message = `invalid request: party: has ${party.length} players for ${seats} seats: ask for a seat for each`;
    throw invalidArgument(message, "party");
  }
  return Object.freeze({ ...request, seats });
}

const noParty: readonly string[] = Object.freeze([]);
const noConditions: ServerConditions = Object.freeze({});
const fields = new Set(["mode", "seats", "party", "ttlMs", "idempotencyKey", "order", "where"]);

/** A request in order, without the schema's price; `undefined` for the schema to say what is wrong. */
function quickRequest(request: unknown): ParsedLobbyRequest | undefined {
  if (typeof request !== "object" || request === null || Array.isArray(request)) return undefined;
  for (const field in request) if (!fields.has(field)) return undefined;
  const given = request as Partial<LobbyRequest>;
  const { mode, party = noParty, ttlMs = defaultLeaseMs, idempotencyKey, order = "oldest" } = given;
  if (mode !== undefined && (typeof mode !== "string" || mode.length > 255)) return undefined;
  if (!Array.isArray(party) || !party.every(isIdentifier)) return undefined;
  const { seats = Math.max(1, party.length), where } = given;
  if (!isCount(seats, Math.max(1, party.length)) || seats > maxSeats) return undefined;
  if (!isCount(ttlMs, 1) || ttlMs > 86_400_000 || !isSeatOrder(order)) return undefined;
  if (idempotencyKey !== undefined && !isIdentifier(idempotencyKey)) return undefined;
  if (party.length > 1 && new Set(party).size < party.length) return undefined;
  const conditions = conditionsIn(where);
  if (conditions === undefined) return undefined;
  return {
    mode,
    seats,
    party: party.length === 0 ? noParty : Object.freeze([...party]),
    ttlMs,
    idempotencyKey,
    order,
    where: conditions,
  };
}

function conditionsIn(where: unknown): ServerConditions | undefined {
  if (where === undefined) return noConditions;
  try {
    return parseConditions(where);
  } catch {
    return undefined;
  }
}

function isSeatOrder(order: unknown): order is SeatOrder {
  return order === "oldest" || order === "fullest" || order === "emptiest";
}

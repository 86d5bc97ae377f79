import * as z from "zod/mini";
import { goNullable, goOptional } from "../json/go-optional.js";
import { Identifier } from "../json/identifier.js";
import { jsonCodec } from "../json/json-codec.js";
import { Host } from "../net/host-port.js";
import { Port } from "../net/port.js";
import { MatchInfo } from "./match-info.js";

export const ServerType = z.enum(["lobby", "game"]);
export type ServerType = z.infer<typeof ServerType>;

/** What is played: "skywars". */
export const GameMode = z.string().check(z.maxLength(255));

const count = z.int().check(z.minimum(0));
const texts = z.readonly(z.record(Identifier, z.string()));

/** What a server says of itself. Finds and claims pass over unhealthy ones. */
export const ServerHealth = z.enum(["healthy", "unhealthy"]);
export type ServerHealth = z.infer<typeof ServerHealth>;

/** What a registry knows of a lobby or game server: a frozen snapshot. */
// Its empty maps are `prefault`s: what `default` fills in is not parsed, and so not frozen.
export const ServerInfo = z.readonly(
  z.strictObject({
    /** Unique in the registry. */
    id: Identifier,
    /** Whether players wait on it or play on it. */
    type: ServerType,
    /** What is played: "skywars". Left out it is "", and finds and claims of a mode pass over it. */
    mode: z._default(GameMode, ""),
    /** Where players reach it, on the relay's side. */
    host: Host,
    /** The port on `host` that players reach. */
    port: Port,
    /** Where it takes webhooks, if it does. */
    webhookPort: z.optional(Port),
    /** Players on it now. */
    players: z._default(count, 0),
    /** Players that it takes in all. Left out it is 0: a lobby without room, which is never found or claimed. */
    maxPlayers: z._default(count, 0),
    /** A game server's matches by their id. */
    matches: z.prefault(z.readonly(z.record(Identifier, MatchInfo)), {}),
    /** Free text: numbers too are written as text, `{ rating: "7.5" }`. */
    metadata: z.prefault(texts, {}),
    /** What lists and claims are narrowed by, as text: `{ region: "eu" }`. */
    labels: z.prefault(texts, {}),
    health: z._default(ServerHealth, "healthy"),
  }),
);
export type ServerInfo = z.infer<typeof ServerInfo>;
/** A server as callers write it: what has a default may be left out. */
export type ServerInput = z.input<typeof ServerInfo>;

const serverInfoWire = () =>
  z.object({
    id: z.string(),
    type: z.string(),
    mode: z._default(z.string(), ""),
    host: z.string(),
    port: z.number(),
    webhookPort: goOptional(z.number()),
    players: z._default(z.number(), 0),
    maxPlayers: z._default(z.number(), 0),
    matches: goNullable(
      z.record(
        z.string(),
        z.object({
          status: z.string(),
          need: z._default(z.number(), 0),
          players: goNullable(z.array(z.string())),
        }),
      ),
    ),
    // The Go struct has no tag on this field, so Go writes its name; others write it like the rest.
    Metadata: goNullable(z.record(z.string(), z.string())),
    metadata: goNullable(z.record(z.string(), z.string())),
    labels: goNullable(z.record(z.string(), z.string())),
    health: goOptional(z.string()),
  });

/** `ServerInfo` in the Go library's JSON. */
export const ServerInfoJson = jsonCodec({
  what: "server record",
  wire: serverInfoWire,
  value: ServerInfo,
  fromWire: ({ Metadata, metadata, ...wire }) => ({ ...wire, metadata: Metadata ?? metadata }),
  // By name: a record of a registry has fields that are not the server's.
  toWire: (server) => ({
    id: server.id,
    type: server.type,
    mode: server.mode,
    host: server.host,
    port: server.port,
    webhookPort: server.webhookPort,
    players: server.players,
    maxPlayers: server.maxPlayers,
    matches: server.matches,
    Metadata: server.metadata,
    labels: server.labels,
    health: server.health,
  }),
});

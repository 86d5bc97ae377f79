import * as z from "zod";
import { goNullable, goOptional } from "../json/go-optional.js";
import { Identifier } from "../json/identifier.js";
import { jsonCodec } from "../json/json-codec.js";
import { Host } from "../net/host-port.js";
import { Port } from "../net/port.js";
import { MatchInfo } from "./match-info.js";

export const ServerType = z.enum(["lobby", "game"]);
export type ServerType = z.infer<typeof ServerType>;

/** What a registry knows of a lobby or game server: a frozen snapshot. */
// Its empty maps are `prefault`s: what `default` fills in is not parsed, and so not frozen.
export const ServerInfo = z
  .strictObject({
    /** Unique in the registry. */
    id: Identifier,
    /** Whether players wait on it or play on it. */
    type: ServerType,
    /** What is played: "skywars". */
    mode: z.string().max(255).default(""),
    /** Where players reach it, on the relay's side. */
    host: Host,
    /** The port on `host` that players reach. */
    port: Port,
    /** Where it takes webhooks, if it does. */
    webhookPort: Port.optional(),
    /** Players on it now. */
    players: z.int().min(0).default(0),
    /** Players that it takes in all. */
    maxPlayers: z.int().min(0).default(0),
    /** A game server's matches by their id. */
    matches: z.record(Identifier, MatchInfo).readonly().prefault({}),
    /** Free text. */
    metadata: z.record(Identifier, z.string()).readonly().prefault({}),
  })
  .readonly();
export type ServerInfo = z.infer<typeof ServerInfo>;
/** A server as callers write it: what has a default may be left out. */
export type ServerInput = z.input<typeof ServerInfo>;

const ServerInfoWire = z.object({
  id: z.string(),
  type: z.string(),
  mode: z.string().default(""),
  host: z.string(),
  port: z.number(),
  webhookPort: goOptional(z.number()),
  players: z.number().default(0),
  maxPlayers: z.number().default(0),
  matches: goNullable(
    z.record(
      z.string(),
      z.object({
        status: z.string(),
        need: z.number().default(0),
        players: goNullable(z.array(z.string())),
      }),
    ),
  ),
  // The Go struct has no tag on this field, so Go writes its name; others write it like the rest.
  Metadata: goNullable(z.record(z.string(), z.string())),
  metadata: goNullable(z.record(z.string(), z.string())),
});

/** `ServerInfo` in the Go library's JSON. */
export const ServerInfoJson = jsonCodec({
  what: "server record",
  wire: ServerInfoWire,
  value: ServerInfo,
  fromWire: ({ Metadata, metadata, ...wire }) => ({ ...wire, metadata: Metadata ?? metadata }),
  toWire: ({ metadata, ...info }) => ({ ...info, Metadata: metadata }),
});

import * as z from "zod/mini";
import { jsonCodec } from "../json/json-codec.js";
import { HostPortText } from "../net/host-port.js";
import { IpAddress } from "../net/ip-address.js";

/** Sends the packets of a player, known by the source address, to a backend. */
export const Route = z.readonly(
  z.strictObject({
    /** The player's source address, canonical. */
    playerIp: IpAddress,
    /** `host:port` of the game server, canonical. */
    backend: HostPortText,
  }),
);
export type Route = z.infer<typeof Route>;

/** `Route` as Peel's API takes it. */
export const RouteJson = jsonCodec({
  what: "route",
  wire: () => z.object({ player_ip: z.string(), backend: z.string() }),
  value: Route,
  fromWire: ({ player_ip, backend }) => ({ playerIp: player_ip, backend }),
  toWire: ({ playerIp, backend }) => ({ player_ip: playerIp, backend }),
});

/** All routes of a relay: the backend by the player's source address. */
export type RouteTable = Readonly<Record<string, string>>;

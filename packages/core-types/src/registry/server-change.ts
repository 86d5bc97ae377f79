import * as z from "zod/mini";
import { ServerInfo, type ServerInput } from "./server-info.js";

/**
 * Changes of a server's record. What is left out or `undefined` stays. The id may be there unchanged, so
 * that `{ ...server, players: 4 }` is a change too; another id is `INVALID_ARGUMENT`. What the registry itself adds is ignored.
 */
// What is left out comes back with its default, if it has one: take over only what was given.
export const ServerChange = z.partial(ServerInfo.def.innerType);
export type ServerChange = Partial<Omit<ServerInput, "id">>;

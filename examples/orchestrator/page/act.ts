import { type AbortOptions, IpAddress, parseInput } from "@potassium/core-types";
import { claimSeat } from "../claim-seat.js";
import { crash } from "../crash.js";
import { drainServer } from "../drain-server.js";
import { joinLobby } from "../join-lobby.js";
import { leave } from "../leave.js";
import type { Orchestrator } from "../orchestrator.js";
import { Refusal } from "../refusal.js";

/** Does what a button asks for, and resolves with what came of it, in words. */
export type Act = (
  orchestrator: Orchestrator,
  subject: string,
  options: AbortOptions,
) => Promise<string>;

/** By method and path, where `:` stands for a player's address or a server's id. */
export const acts: Readonly<Record<string, Act>> = {
  async "POST /players/:/lobby"({ fleet, log }, subject, options) {
    const player = addressOf(subject);
    const { id } = await joinLobby(fleet, player, { ...options, onEvent: log.steps(player) });
    return `${player} is in ${id}`;
  },
  async "POST /players/:/seat"({ fleet, log }, subject, options) {
    const player = addressOf(subject);
    const { id } = await claimSeat(fleet, player, { ...options, onEvent: log.steps(player) });
    return `${player} has a seat on ${id}`;
  },
  async "DELETE /players/:"({ fleet, log }, subject, options) {
    const player = addressOf(subject);
    await leave(fleet, player, options);
    log.tell(`${player} has left`);
    return `${player} has left`;
  },
  async "POST /servers/:/drain"({ fleet, log }, id, options) {
    await drainServer(fleet, id, { ...options, onEvent: log.steps(`drain of ${id}`) });
    return `${id} is drained and removed`;
  },
  async "POST /servers/:/kill"({ fleet, log }, id, options) {
    if ((await fleet.registry.get(id)) === undefined) throw new Refusal(`there is no server ${id}`);
    log.tell(`${id} is told to crash`);
    await crash(fleet, id, options);
    return `${id} was told to crash`;
  },
};

const addressOf = (text: string): string => parseInput(IpAddress, text, "player's address");

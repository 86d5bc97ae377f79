import { formatHostPort, type RegistryChange, type ServerRecord } from "@potassium/core-types";
import { countText } from "../../output/amounts.js";
import { oneLine } from "../../output/printable.js";

/** The columns of {@link recordCells}. */
export const recordColumns = [
  "ID",
  "TYPE",
  "MODE",
  "ADDRESS",
  ">PLAYERS",
  ">MATCHES",
  ">READY",
  "STATE",
] as const;

/** A record as a row of a table. */
export function recordCells(record: ServerRecord): readonly string[] {
  const matches = Object.values(record.matches);
  const ready = matches.filter(({ status }) => status === "ready").length;
  return [
    record.id,
    record.type,
    record.mode,
    formatHostPort(record),
    playersText(record),
    String(matches.length),
    String(ready),
    stateText(record),
  ];
}

/** What a watch tells, one line for each server that it is about. */
export function changeText(change: RegistryChange): string {
  switch (change.kind) {
    case "removed":
      return `removed     ${oneLine(change.id)} (${change.reason})`;
    case "resync":
      return [
        `resync      ${countText(change.servers.length, "server")}, and no others`,
        ...change.servers.map((server) => `  ${recordLine(server)}`),
      ].join("\n");
    default:
      return `${change.kind.padEnd(10)}  ${recordLine(change.server)}`;
  }
}

function recordLine(record: ServerRecord): string {
  const { id, type, mode } = record;
  const what = [id, type, mode, formatHostPort(record), playersText(record), stateText(record)];
  return oneLine(what.filter((text) => text !== "").join(" "));
}

const playersText = ({ players, maxPlayers }: ServerRecord): string =>
  maxPlayers === 0 ? String(players) : `${players}/${maxPlayers}`;

const stateText = ({ availability, health }: ServerRecord): string =>
  health === "unhealthy" ? `${availability}, unhealthy` : availability;

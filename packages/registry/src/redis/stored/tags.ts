import type { ServerInfo, ServerRecord, ServerType } from "@potassium/core-types";
import { isOpen } from "../../record/free-seats.js";

/**
 * A group of servers or places in the index. The text's length stands before it, so that no tag begins another, whatever a mode's name
 * is. JSON keeps halves of characters apart, which UTF-8 would make the same.
 */
function tag(kind: string, text = ""): string {
  return kind + String(Buffer.byteLength(text)).padStart(4, "0") + text;
}

/** The servers of a type and mode, or of any. */
export function listTag(type: ServerType | undefined, mode: string | undefined): string {
  const kind = type === undefined ? "A" : type === "lobby" ? "L" : "G";
  return mode === undefined ? tag(kind) : tag(kind.toLowerCase(), JSON.stringify(mode));
}

export const matchTag = (mode: string): string => tag("M", JSON.stringify(mode));

export const lobbyTag = (mode: string | undefined): string =>
  mode === undefined ? tag("P") : tag("p", JSON.stringify(mode));

export function listTags({ type, mode }: Pick<ServerInfo, "type" | "mode">): readonly string[] {
  return [
    listTag(undefined, undefined),
    listTag(type, undefined),
    listTag(undefined, mode),
    listTag(type, mode),
  ];
}

/** The groups in which the lobby itself is open: none for what is no lobby, or takes nobody. */
export function lobbyTags(server: ServerRecord): readonly string[] {
  return server.type === "lobby" && isOpen(server)
    ? [lobbyTag(undefined), lobbyTag(server.mode)]
    : [];
}

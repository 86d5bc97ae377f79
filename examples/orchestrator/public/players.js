import { actButton, element, setText } from "./elements.js";

/** A row: where a player's packets go, and what can be done for it. */
export function drawPlayer({ player }) {
  const path = `players/${encodeURIComponent(player)}`;
  const server = element("strong", {});
  const backend = element("code", {});
  const heard = element("td", {});
  const root = element("tr", {}, [
    element("th", { scope: "row" }, [element("code", {}, [player])]),
    element("td", {}, [server, " ", backend]),
    heard,
    element("td", { className: "acts" }, [
      actButton("Claim a seat", `Claim a seat for ${player}`, "POST", `${path}/seat`),
      actButton("Lobby", `Bring ${player} to the lobby`, "POST", `${path}/lobby`),
      actButton("Leave", `${player} leaves`, "DELETE", path),
    ]),
  ]);
  return {
    root,
    update(route) {
      setText(server, route.server ?? "nobody");
      setText(backend, route.backend);
      setText(heard, heardText(route.heard));
    },
  };
}

/** Only a player on this machine can tell. */
function heardText(heard) {
  if (heard === undefined) return "–";
  return heard.server === undefined ? "nobody yet" : `${heard.server}, ${heard.answers} packets`;
}

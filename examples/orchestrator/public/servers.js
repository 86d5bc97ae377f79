import { actButton, element, setText } from "./elements.js";

/** A card: what a server is, its seats, and what can be done with it. */
export function drawServer({ id, type }) {
  const state = element("span", { className: "badge" });
  const address = element("code");
  const seats = element("div", { className: "seats", role: "img" });
  const count = element("p", { className: "count" });
  const root = element("li", { className: "card" }, [
    element("header", {}, [element("h3", {}, [id]), state]),
    element("p", { className: "address" }, [`${type} · `, address]),
    seats,
    count,
    element("footer", {}, [
      actButton("Drain", `Drain ${id}`, "POST", `servers/${encodeURIComponent(id)}/drain`),
      actButton("Kill", `Kill ${id}`, "POST", `servers/${encodeURIComponent(id)}/kill`),
    ]),
  ]);
  root.dataset.type = type;
  return {
    root,
    update(server) {
      const shown = server.availability === "available" ? server.state : server.availability;
      state.dataset.state = shown;
      setText(state, shown);
      setText(address, server.address);
      const { taken, of } = server.seats;
      drawSeats(seats, taken, of);
      const match = server.matches.map(({ id: name, status }) => ` · ${name} ${status}`).join("");
      setText(count, `${taken} of ${of} seats${match}`);
    },
  };
}

function drawSeats(seats, taken, of) {
  seats.ariaLabel = `${taken} of ${of} seats taken`;
  while (seats.childElementCount < of) seats.append(element("i", {}));
  while (seats.childElementCount > of) seats.lastElementChild.remove();
  [...seats.children].forEach((seat, index) => {
    seat.className = index < taken ? "taken" : "";
  });
}

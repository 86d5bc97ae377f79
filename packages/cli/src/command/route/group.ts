import type { Group } from "../verb.js";
import { deleteRoutes } from "./delete-routes.js";
import { listRoutes } from "./list-routes.js";
import { setRoute } from "./set-route.js";
import { syncRoutes } from "./sync-routes.js";

export const routeGroup: Group = {
  name: "route",
  summary: "Lead players' packets through a relay to game servers",
  verbs: [listRoutes, setRoute, deleteRoutes, syncRoutes],
};

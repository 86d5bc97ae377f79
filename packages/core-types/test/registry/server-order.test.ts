import { ServerOrder } from "../../src/index.js";
import { schemaTable } from "../schema-table.js";

schemaTable("ServerOrder", ServerOrder, {
  accepts: ["oldest", "fullest", "emptiest", { metadata: "rating", direction: "descending" }],
  makes: [[{ metadata: "rating" }, { metadata: "rating", direction: "ascending" }]],
  rejects: [
    ["newest", ""],
    [null, ""],
    [{}, "metadata"],
    [{ metadata: "" }, "metadata"],
    [{ metadata: "rating", direction: "up" }, "direction"],
    [{ metadata: "rating", order: "oldest" }, "order"],
  ],
});

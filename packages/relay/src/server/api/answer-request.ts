import { expositionType } from "../metrics/exposition.js";
import type { RouteControl, SetRouteResult } from "../route/route-control.js";
import { type ApiAnswer, jsonAnswer, textAnswer } from "./api-answer.js";
import { parseSetRoute } from "./parse-set-route.js";
import type { TokenCheck } from "./token-check.js";

/** A request, its body still to be read. */
export interface ApiRequest {
  readonly method: string;
  /** As it stands in the request line, escapes and query included. */
  readonly target: string;
  readonly token: string | undefined;
  /** `undefined` where the body is too long. */
  readonly readBody: () => Promise<string | undefined>;
}

/** What the API acts on. */
export interface ApiContext {
  readonly routes: RouteControl;
  readonly checkToken: TokenCheck;
  /** What the relay has done, as Prometheus reads it. */
  readonly metrics: () => string;
}

const ok = jsonAnswer(200, '{"status":"ok"}\n');
const healthy = jsonAnswer(200, '{"status":"healthy"}\n');
const notFound = textAnswer(404, "404 page not found\n");

/** Peel's API, and `/metrics`, a path that Peel has not: which request gets which answer. */
export async function answerRequest(request: ApiRequest, context: ApiContext): Promise<ApiAnswer> {
  const segments = pathSegments(request.target);
  // Go's server answers so before Peel sees the request.
  if (segments === undefined) return textAnswer(400, "400 Bad Request");
  const [first, playerIp, ...more] = segments;
  if (more.length > 0) return notFound;
  if (playerIp === undefined) {
    if (first === "health") return byMethod(request, { GET: async () => healthy });
    if (first === "metrics") return byMethod(request, { GET: async () => metrics(context) });
    if (first !== "routes") return notFound;
    return byMethod(request, {
      GET: async () => listRoutes(context),
      POST: authorized(request, context, () => setRoute(request, context)),
    });
  }
  if (first !== "routes" && first !== "sessions") return notFound;
  return byMethod(request, {
    DELETE: authorized(request, context, async () => {
      if (playerIp === "") return textAnswer(400, "player_ip required\n");
      if (first === "routes") await context.routes.deleteRoute(playerIp);
      else await context.routes.closeSessions(playerIp);
      return ok;
    }),
  });
}

type Answerer = () => Promise<ApiAnswer>;

async function byMethod(
  request: ApiRequest,
  answerers: Readonly<Partial<Record<"GET" | "POST" | "DELETE", Answerer>>>,
): Promise<ApiAnswer> {
  const method = request.method === "HEAD" ? "GET" : request.method;
  const answer = new Map(Object.entries(answerers)).get(method);
  if (answer !== undefined) return answer();
  const allowed = Object.keys(answerers).flatMap((name) =>
    name === "GET" ? [name, "HEAD"] : name,
  );
  return textAnswer(405, "Method Not Allowed\n", { allow: allowed.join(", ") });
}

function authorized(request: ApiRequest, context: ApiContext, answer: Answerer): Answerer {
  return async () => {
    const problem = context.checkToken(request.token);
    return problem === undefined ? answer() : jsonAnswer(401, JSON.stringify({ error: problem }));
  };
}

function listRoutes({ routes }: ApiContext): ApiAnswer {
  return jsonAnswer(200, `${JSON.stringify(routes.listRoutes())}\n`, "application/json");
}

function metrics(context: ApiContext): ApiAnswer {
  return textAnswer(200, context.metrics(), { "content-type": expositionType });
}

async function setRoute(request: ApiRequest, { routes }: ApiContext): Promise<ApiAnswer> {
  const body = await request.readBody();
  // The rest of the body is not read, so the connection can't be used again.
  if (body === undefined)
    return textAnswer(413, "request body too large\n", { connection: "close" });
  const fields = parseSetRoute(body);
  if (fields === undefined) return textAnswer(400, "invalid json\n");
  const { playerIp, backend } = fields;
  if (playerIp === "" || backend === "") return textAnswer(400, "player_ip and backend required\n");
  return setRouteAnswers[await routes.setRoute(playerIp, backend)];
}

const setRouteAnswers: Readonly<Record<SetRouteResult, ApiAnswer>> = {
  set: ok,
  "invalid-backend": textAnswer(400, "invalid backend address\n"),
  // Peel keeps a route for any text, though no packet can ever match it.
  "invalid-player-ip": textAnswer(400, "invalid player_ip\n"),
};

function pathSegments(target: string): readonly string[] | undefined {
  const [path = ""] = target.split("?", 1);
  try {
    return path.split("/").slice(1).map(decodeURIComponent);
  } catch {
    return undefined;
  }
}

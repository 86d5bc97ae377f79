import { RelayError } from "@potassium/core-types";
import { excerpt, type RelayAnswer } from "./relay-answer.js";

/** The error for an answer that is not the one that the call wants. `call` names it: `POST /routes`. */
export function unexpectedAnswer(relay: string, call: string, answer: RelayAnswer): RelayError {
  const { status, location, body } = answer;
  const said = `relay ${relay} answered ${call} with ${status}: ${excerpt(body)}`;
  if (status === 401) {
    return new RelayError("UNAUTHORIZED", `${said}; set serviceToken to the relay's own`);
  }
  if (status === 400 && body.includes("invalid backend address")) {
    return new RelayError("INVALID_BACKEND", `${said}; check the backend's host and port`, {
      field: "backend",
    });
  }
  if (isTemporary(answer)) return new RelayError("UNAVAILABLE", `${said}; try again later`);
  if (status >= 300 && status < 400) {
    const target = location === undefined ? "elsewhere" : `to ${excerpt(location)}`;
    return new RelayError(
      "BAD_RESPONSE",
      `relay ${relay} redirected ${call} ${target}; redirects are not followed, so use the relay's own URL`,
    );
  }
  return new RelayError("BAD_RESPONSE", `${said}; check that the URL is that of a relay`);
}

/** Whether the answer comes from something before the relay that may reach it a moment later. */
export function isTemporary(answer: RelayAnswer): boolean {
  return answer.status === 502 || answer.status === 503 || answer.status === 504;
}

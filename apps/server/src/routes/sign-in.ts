import { suspectOf } from "@tessera/api";
import type { LimitClass } from "@tessera/domain/limits/policies";
import type { Express } from "express";
import type { Deployment } from "../platform.ts";
import { mayGoOn } from "./limit-headers.ts";

/** Below these somebody proves who they are; each try counts, whether it succeeds or not. */
const TRIES = /^\/api\/auth\/(sign-in|two-factor|passkey\/verify-authentication)\b/;
/** These have a mail sent. */
const MAILS = /^\/api\/auth\/(request-password-reset|change-email)\b/;

/** Wrong, or not confirmed yet. */
const WAS_REFUSED: ReadonlySet<number> = new Set([401, 403]);

function classOf(method: string, path: string): LimitClass {
  if (TRIES.test(path)) return "sign_in";
  if (MAILS.test(path)) return "mail";
  return method === "GET" ? "read" : "write";
}

/** Everything under /api/auth is the sign-in library's. Mounted before any body is read. */
export function mountSignIn(app: Express, { signIn, platform, addressOf }: Deployment): void {
  app.all("/api/auth/{*any}", async (request, response) => {
    const limitClass = classOf(request.method, request.path);
    const address = addressOf(request);
    const note = (kind: "limit_storm" | "failed_sign_ins") =>
      platform.security.note({ ...suspectOf(null, address), kind, what: limitClass });
    if (!(await mayGoOn({ limiter: platform.limiter, response, limitClass, holders: { address } })))
      return note("limit_storm");
    await signIn.nodeHandler(request, response);
    if (limitClass === "sign_in" && WAS_REFUSED.has(response.statusCode)) note("failed_sign_ins");
  });
}

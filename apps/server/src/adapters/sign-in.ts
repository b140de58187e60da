import { createHmac, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "@tessera/db";
import { type Auth, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { toNodeHandler } from "better-auth/node";
import { sameSite } from "./same-site.ts";

/** How long a browser's own copy of its session is believed before the database is asked again. */
const SESSION_CACHE_SECONDS = 60;

/** Sign-in of people. Kiosks carry tokens of ours instead. */
export interface SignIn {
  /** Answers everything under /api/auth. */
  nodeHandler(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** @returns The signed-in person's id, or null. */
  userOf(headers: Headers): Promise<string | null>;
  /** @returns A password as the database keeps it. */
  hashPassword(password: string): Promise<string>;
}

/**
 * @param database Where people are written down.
 * @param options The deployment's secret and where people reach it.
 */
export function openSignIn(database: Database, options: { secret: string; baseUrl: URL }): SignIn {
  const { secret, baseUrl } = options;
  const auth = betterAuth({
    baseURL: baseUrl.origin,
    basePath: "/api/auth",
    secret: createHmac("sha256", secret).update("tessera/sign-in/v1").digest("hex"),
    database: prismaAdapter(database.people, { provider: "postgresql" }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: { cookieCache: { enabled: true, maxAge: SESSION_CACHE_SECONDS } },
    advanced: {
      cookiePrefix: "tessera",
      useSecureCookies: baseUrl.protocol === "https:",
      database: { generateId: () => randomUUID() },
    },
    // A phone or kiosk reaches us by another name than this machine does; what counts is that page and server are one site.
    trustedOrigins: (request) => (request && sameSite(request.headers) ? [request.headers.get("origin") ?? ""] : []),
    telemetry: { enabled: false },
    logger: { disabled: true },
  }) as unknown as Auth;

  return {
    nodeHandler: toNodeHandler(auth),
    async userOf(headers) {
      const session = await auth.api.getSession({ headers });
      return session?.user.id ?? null;
    },
    async hashPassword(password) {
      const { password: passwords } = await auth.$context;
      return passwords.hash(password);
    },
  };
}

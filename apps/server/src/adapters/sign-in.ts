import { createHmac, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "@tessera/db";
import { Failed } from "@tessera/domain/failed";
import { type Auth, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { toNodeHandler } from "better-auth/node";
import { type Origin, sameSite } from "./same-site.ts";

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

export interface SignInOptions {
  /** The deployment's. */
  secret: string;
  /** Where people reach it. */
  baseUrl: URL;
  /** Called when somebody may have signed in or out, so that the news can leave. */
  onChange(): void;
  /** Told each time a session could not be looked up. */
  onTrouble(cause: unknown): void;
}

/**
 * @param database Where people are written down.
 * @param options The deployment's choices.
 */
export function openSignIn(database: Pick<Database, "people">, options: SignInOptions): SignIn {
  const { secret, baseUrl, onChange, onTrouble } = options;
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
    trustedOrigins: (request) => (request && sameSite(originOf(request)) ? [request.headers.get("origin") ?? ""] : []),
    telemetry: { enabled: false },
    logger: { disabled: true },
  }) as unknown as Auth;

  const answer = toNodeHandler(auth);

  return {
    async nodeHandler(request, response) {
      await answer(request, response);
      if (request.method !== "GET") onChange();
    },
    async userOf(headers) {
      const session = await auth.api.getSession({ headers }).catch((cause) => {
        onTrouble(cause);
        throw new Failed("unavailable", { cause }); // who is asking could not be found out, so nothing was decided
      });
      return session?.user.id ?? null;
    },
    async hashPassword(password) {
      const { password: passwords } = await auth.$context;
      return passwords.hash(password);
    },
  };
}

/**
 * @param cookie As a browser sent it.
 * @returns The same without the browser's own copy of its session: the database has to be asked whether it still holds.
 */
export const withoutCopy = (cookie: string): string =>
  cookie
    .split("; ")
    .filter((one) => !one.includes(".session_data"))
    .join("; ");

const originOf = ({ headers }: Request): Origin => ({
  origin: headers.get("origin"),
  host: headers.get("host"),
  "sec-fetch-site": headers.get("sec-fetch-site"),
});

import { createHmac, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Database } from "@tessera/db";
import { Failed } from "@tessera/domain/failed";
import type { Left } from "@tessera/domain/limits/limiter";
import { type Auth, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { toNodeHandler } from "better-auth/node";
import { type Origin, sameSite } from "./same-site.ts";

/** What is counted for each account beside the address it comes from, so that guessing is slow from many addresses too. */
const LIMITED: Readonly<Record<string, "sign_in" | "mail">> = {
  "/sign-in/email": "sign_in",
  "/request-password-reset": "mail",
  "/send-verification-email": "mail",
};

const tooMany = ({ limit, resetsInMs }: Left): APIError =>
  new APIError(
    "TOO_MANY_REQUESTS",
    { message: `That was a lot at once: ${limit} a minute are allowed for one account. Wait, then go on.` },
    { "retry-after": String(Math.max(1, Math.ceil(resetsInMs / 1_000))) },
  );

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
  /** Takes one of an account's tries, or of the mails it may be sent. @returns What is left; null: nobody counts. */
  takesFor(limitClass: "sign_in" | "mail", account: string): Promise<Left | null>;
  /** Told each time a session could not be looked up. */
  onTrouble(cause: unknown): void;
}

/**
 * @param database Where people are written down.
 * @param options The deployment's choices.
 */
export function openSignIn(database: Pick<Database, "people">, options: SignInOptions): SignIn {
  const { secret, baseUrl, takesFor, onChange, onTrouble } = options;
  const auth = betterAuth({
    baseURL: baseUrl.origin,
    basePath: "/api/auth",
    secret: createHmac("sha256", secret).update("tessera/sign-in/v1").digest("hex"),
    database: prismaAdapter(database.people, { provider: "postgresql" }),
    emailAndPassword: { enabled: true, disableSignUp: true },
    session: { cookieCache: { enabled: true, maxAge: SESSION_CACHE_SECONDS } },
    advanced: {
      cookiePrefix: "tessera",
      disableOriginCheck: false, // said, because the library leaves it out where it takes itself to be tested
      useSecureCookies: baseUrl.protocol === "https:",
      database: { generateId: () => randomUUID() },
    },
    // A phone or kiosk reaches us by another name than this machine does; what counts is that page and server are one site.
    trustedOrigins(request) {
      const origin = request?.headers.get("origin");
      return origin && sameSite(originOf(request as Request)) ? [origin] : []; // no origin is no reason to trust any
    },
    rateLimit: { enabled: false }, // its own believes any proxy header; ours are counted here and before it is asked
    hooks: {
      before: createAuthMiddleware(async ({ path, body }) => {
        const limitClass = LIMITED[path];
        const account: unknown = body?.email;
        if (!limitClass || typeof account !== "string") return;
        const left = await takesFor(limitClass, account.trim().toLowerCase());
        if (left && !left.isAllowed) throw tooMany(left);
      }),
    },
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

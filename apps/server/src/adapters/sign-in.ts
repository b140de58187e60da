import { createHash, createHmac, randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { passkey } from "@better-auth/passkey";
import { longestPassword, shortestPassword } from "@tessera/contracts";
import type { Database } from "@tessera/db";
import { Failed } from "@tessera/domain/failed";
import type { Left } from "@tessera/domain/limits/limiter";
import { addressChangeMail, confirmationMail, type Post, resetMail } from "@tessera/domain/people/mails";
import { type Auth, betterAuth } from "better-auth";
import { prismaAdapter } from "better-auth/adapters/prisma";
import { APIError, createAuthMiddleware } from "better-auth/api";
import { toNodeHandler } from "better-auth/node";
import { twoFactor } from "better-auth/plugins";
import { acceptedOf, type Secrets } from "../secret.ts";
import { type Origin, sameSite } from "./same-site.ts";
import { renewSecondFactors } from "./second-factors.ts";
import { signedAnew } from "./signed-cookies.ts";

/** What is counted for each account beside the address it comes from, so that guessing is slow from many addresses too. */
const LIMITED: Readonly<Record<string, "sign_in" | "mail">> = {
  "/sign-in/email": "sign_in",
  "/request-password-reset": "mail",
};

const tooMany = ({ limit, resetsInMs }: Left): APIError =>
  new APIError(
    "TOO_MANY_REQUESTS",
    { message: `That was a lot at once: ${limit} a minute are allowed for one account. Wait, then go on.` },
    { "retry-after": String(Math.max(1, Math.ceil(resetsInMs / 1_000))) },
  );

/** Who is signed in, whatever they belong to. */
export interface SignedIn {
  userId: string;
  sessionId: string;
  name: string;
  email: string;
  hasSecondFactor: boolean;
}

/** Sign-in of people. Kiosks carry tokens of ours instead. */
export interface SignIn {
  /** Answers everything under /api/auth. */
  nodeHandler(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** @returns What a browser's cookies name its session by, unchecked; null: nobody can be signed in with these. */
  sessionIn(cookies: string): string | null;
  /** @returns The signed-in person, or null. */
  personOf(headers: Headers): Promise<SignedIn | null>;
  /** Encrypts with the current secret what is encrypted with one from before. @returns How many second factors that were. */
  renewSecondFactors(): Promise<number>;
  /** @returns A password as the database keeps it. */
  hashPassword(password: string): Promise<string>;
  /** @returns Whether it is that person's password. */
  isPassword(userId: string, password: string): Promise<boolean>;
  /** @returns Whether the token of a letter was good: the e-mail is confirmed, or the next letter of a change is on its way. */
  confirmEmail(token: string): Promise<boolean>;
}

export interface SignInOptions {
  /** The deployment's. */
  secrets: Secrets;
  now(): Date;
  /** Where people reach it. */
  baseUrl: URL;
  post: Post;
  /** Called when somebody may have signed in or out, so that the news can leave. */
  onChange(): void;
  /** Takes one of an account's tries, or of the mails it may be sent. @returns What is left; null: nobody counts. */
  takesFor(limitClass: "sign_in" | "mail", account: string): Promise<Left | null>;
  /** Called at once when sessions ended: who was recognised by one is to be asked for anew. */
  onEnd(): void;
  /** Told each time a session could not be looked up. */
  onTrouble(cause: unknown): void;
}

/**
 * What the library could answer and is not to: accounts come from invitations alone, tokens do not stand in addresses, and
 * nobody's session tokens are told to a page. The product's own procedures do the same.
 */
const CLOSED = [
  "/sign-up/email",
  "/update-user",
  "/delete-user",
  "/verify-email",
  "/send-verification-email",
  "/list-sessions",
  "/revoke-session",
  "/revoke-sessions",
  "/revoke-other-sessions",
  "/two-factor/send-otp",
  "/two-factor/verify-otp",
];
const HOUR_SECONDS = 3_600;

/**
 * @param database Where people are written down.
 * @param options The deployment's choices.
 */
export function openSignIn(database: Pick<Database, "people">, options: SignInOptions): SignIn {
  const { secrets, now, baseUrl, post, takesFor, onChange, onEnd, onTrouble } = options;
  const isHttps = baseUrl.protocol === "https:";
  /** Only this very host can set a cookie with that name, and browsers send it over HTTPS alone. */
  const cookiePrefix = isHttps ? "__Host-tessera" : "tessera";
  const linkTo = (page: string, token: string) => `${baseUrl.origin}/${page}#${token}`;

  /** The current one first, then those from before that are accepted now. */
  const accepted = () => [secrets.current, ...acceptedOf(secrets, now())].map(authSecretOf);
  const all = accepted();

  const auth = betterAuth({
    appName: "Tessera",
    baseURL: baseUrl.origin,
    basePath: "/api/auth",
    secrets: all.map((value) => ({ version: versionOf(value), value })),
    secret: all.at(-1) ?? "", // what was encrypted when there was only one, says not which
    database: prismaAdapter(database.people, { provider: "postgresql" }),
    disabledPaths: CLOSED,
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      requireEmailVerification: true,
      minPasswordLength: shortestPassword,
      maxPasswordLength: longestPassword,
      resetPasswordTokenExpiresIn: HOUR_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) =>
        post.send(resetMail({ to: user.email, name: user.name, link: linkTo("reset", token) })),
    },
    emailVerification: {
      sendOnSignIn: true,
      expiresIn: HOUR_SECONDS,
      sendVerificationEmail: async ({ user, token }) =>
        post.send(confirmationMail({ to: user.email, name: user.name, link: linkTo("confirm", token) })),
    },
    user: {
      changeEmail: {
        enabled: true,
        sendChangeEmailConfirmation: async ({ user, newEmail, token }) =>
          post.send(addressChangeMail({ to: user.email, name: user.name, newEmail, link: linkTo("confirm", token) })),
      },
    },
    plugins: [
      twoFactor({ issuer: "Tessera" }),
      passkey({
        rpName: "Tessera",
        rpID: baseUrl.hostname,
        authenticatorSelection: { residentKey: "required", userVerification: "required" },
        authentication: {
          // A passkey is asked for no second factor, so the device has to have asked for a finger, a face or a PIN.
          afterVerification: async ({ verification }) => {
            if (!verification.authenticationInfo.userVerified) throw new APIError("UNAUTHORIZED");
          },
        },
      }),
    ],
    databaseHooks: { session: { delete: { after: async () => onEnd() } } },
    advanced: {
      cookiePrefix,
      disableOriginCheck: false, // said, because the library leaves it out where it takes itself to be tested
      useSecureCookies: false, // the library's own prefix would be the weaker __Secure-
      defaultCookieAttributes: { secure: isHttps, httpOnly: true, sameSite: "lax", path: "/" },
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
  });

  const answer = toNodeHandler(auth as unknown as Auth);
  const cookie = `${cookiePrefix}.session_token=`;

  return {
    async nodeHandler(request, response) {
      const { headers } = request;
      if (headers.cookie) headers.cookie = signedAnew(headers.cookie, accepted());
      await answer(request, response);
      if (request.method !== "GET") onChange();
    },
    sessionIn: (cookies) =>
      cookies
        .split("; ")
        .find((one) => one.startsWith(cookie))
        ?.slice(cookie.length) ?? null,
    async renewSecondFactors() {
      const { secretConfig } = await auth.$context;
      return typeof secretConfig === "string" ? 0 : renewSecondFactors(database, secretConfig);
    },
    async personOf(sent) {
      const headers = new Headers(sent);
      headers.set("cookie", signedAnew(sent.get("cookie") ?? "", accepted()));
      const found = await auth.api.getSession({ headers }).catch((cause) => {
        onTrouble(cause);
        throw new Failed("unavailable", { cause }); // who is asking could not be found out, so nothing was decided
      });
      if (!found) return null;
      const { user, session } = found;
      const { name, email, twoFactorEnabled } = user;
      return { userId: user.id, sessionId: session.id, name, email, hasSecondFactor: twoFactorEnabled ?? false };
    },
    async hashPassword(password) {
      const { password: passwords } = await auth.$context;
      return passwords.hash(password);
    },
    async isPassword(userId, password) {
      const { password: passwords, internalAdapter } = await auth.$context;
      const account = await internalAdapter.findCredentialAccount(userId);
      return !!account?.password && passwords.verify({ hash: account.password, password });
    },
    confirmEmail: (token) =>
      auth.api.verifyEmail({ query: { token }, headers: new Headers() }).then(
        () => true,
        (error) => {
          if (error instanceof APIError) return false;
          throw error;
        },
      ),
  };
}

/** What sign-in is given: nothing that other parts of the deployment use. */
const authSecretOf = (secret: string): string =>
  createHmac("sha256", secret).update("tessera/sign-in/v1").digest("hex");

/** What was encrypted says by this number with which secret. Made from it, so that every process and every list says the same. */
const versionOf = (secret: string): number => createHash("sha256").update(secret).digest().readUInt32BE(0);

const originOf = ({ headers }: Request): Origin => ({
  origin: headers.get("origin"),
  host: headers.get("host"),
  "sec-fetch-site": headers.get("sec-fetch-site"),
});

import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "@tessera/api";
import type { TenantId } from "@tessera/contracts";
import type { Gate, Membership } from "@tessera/db";
import type { TokenKind } from "@tessera/domain/tokens";
import { webHeaders } from "./headers.ts";
import type { SignedIn, SignIn } from "./sign-in.ts";

/** How long a token, a session or a membership is believed before the database is asked again. */
const BELIEVED_MS = 5_000;
const MOST_REMEMBERED = 10_000;

/** Finds out who a request is from. */
export interface Callers {
  /**
   * @param headers Of the request, or of the socket's upgrade.
   * @param said What was said elsewhere than in headers, which a page cannot put on a socket: a token of a device, a program or a guest; a tenant's slug.
   * @returns The caller, or null for nobody we know.
   */
  recognise(headers: IncomingHttpHeaders, said?: Said): Promise<Caller | null>;
  /** @returns The person who is signed in and their memberships; null for nobody, and for desks. */
  person(headers: IncomingHttpHeaders): Promise<KnownPerson | null>;
  /** Something happened to somebody's rights in a tenant: who has a token or membership there is asked for anew. */
  forget(tenant: TenantId): void;
  /** Something happened to people who may belong to no tenant, or to one more: all of them are asked for anew. */
  forgetPeople(): void;
}

/** What a client says of itself when it opens a socket. */
export interface Said {
  token?: string | null | undefined;
  tenant?: string | null | undefined;
}

/** Somebody signed in, and where they belong, oldest membership first. */
export interface KnownPerson extends SignedIn {
  memberships: Membership[];
}

/** @returns SHA-256: what is kept of tokens and pairing codes. */
export const hashOf = (text: string): Uint8Array => new Uint8Array(hash("sha256", text, "buffer"));

export interface CallersOptions {
  gate: Gate;
  signIn: SignIn;
  /** Milliseconds that only go forward. */
  now: () => number;
  /** The wall clock. */
  today: () => Date;
}

const TOKEN = /^(tsd|tsk|tsg)_\w{20,80}$/;

/** @returns What a request says it carries, whatever it is worth; null when it says nothing. */
export const bearerIn = ({ authorization }: IncomingHttpHeaders): string | null =>
  authorization?.match(/^Bearer (\S+)$/)?.[1] ?? null;

export function openCallers({ gate, signIn, now, today }: CallersOptions): Callers {
  const tokens = remembering<Caller | null>(now);
  const people = remembering<KnownPerson | null>(now);

  /** One look-up for each kind of token. */
  const lookUp: Record<TokenKind, (hash: Uint8Array) => Promise<Caller | null>> = {
    tsd: async (hash) => as("device", await gate.device(hash)),
    tsk: async (hash) => as("key", await gate.apiKey(hash)),
    tsg: async (hash) => as("guest", await gate.guest(hash)),
  };

  async function tokenCaller(token: string): Promise<Caller | null> {
    const kind = TOKEN.exec(token)?.[1] as TokenKind | undefined;
    if (!kind) return null;
    const hash = hashOf(token);
    const caller = await tokens.ask(Buffer.from(hash).toString("base64"), () => lookUp[kind](hash));
    const hasEnded = caller?.kind === "key" && caller.endsAt !== null && caller.endsAt <= today();
    return hasEnded ? null : caller;
  }

  async function person(headers: IncomingHttpHeaders): Promise<KnownPerson | null> {
    const session = headers.cookie ? signIn.sessionIn(headers.cookie) : null;
    if (!session) return null;
    return people.ask(session, async () => {
      const signedIn = await signIn.personOf(webHeaders(headers));
      return signedIn && { ...signedIn, memberships: await gate.memberships(signedIn.userId) };
    });
  }

  async function memberCaller(headers: IncomingHttpHeaders, slug: Said["tenant"]): Promise<Caller | null> {
    const known = await person(headers);
    if (!known) return null;
    const { memberships } = known;
    const membership = slug ? memberships.find(({ tenant }) => tenant.slug === slug) : memberships[0];
    if (!membership) return null;
    const { memberId, name, role, waitingRole, tenant } = membership;
    return { kind: "member", memberId, name, role, waitingRole, tenant: { id: tenant.id, name: tenant.name } };
  }

  function tokenIn(headers: IncomingHttpHeaders): string | null {
    const bearer = bearerIn(headers);
    return bearer && TOKEN.test(bearer) ? bearer : null;
  }

  return {
    async recognise(headers, { token, tenant } = {}) {
      const held = token ?? tokenIn(headers);
      if (held) return tokenCaller(held);
      const wanted = headers["x-tessera-tenant"];
      return memberCaller(headers, tenant ?? (typeof wanted === "string" ? wanted : null));
    },
    person: async (headers) => (tokenIn(headers) ? null : person(headers)),
    forget(id) {
      tokens.forget((caller) => !caller || caller.tenant.id === id); // a stranger may be one whom this tenant lets in again
      people.forget((known) => known?.memberships.some(({ tenant }) => tenant.id === id) ?? false);
    },
    forgetPeople: () => people.forget(() => true),
  };
}

const as = <K extends string, T>(kind: K, known: T | null) => known && { kind, ...known };

/** Remembers answers for a moment, and asks once for many who want the same. */
function remembering<T>(now: () => number) {
  interface Held {
    until: number;
    answer: Promise<T>;
    /** Once there is one. */
    given?: { answer: T };
  }
  const held = new Map<string, Held>();

  return {
    ask(key: string, ask: () => Promise<T>): Promise<T> {
      const known = held.get(key);
      if (known && known.until > now()) return known.answer;
      if (held.size >= MOST_REMEMBERED) held.clear();
      const one: Held = { until: now() + BELIEVED_MS, answer: ask() };
      held.set(key, one);
      one.answer.then(
        (answer) => {
          one.given = { answer };
        },
        () => held.get(key) === one && held.delete(key),
      );
      return one.answer;
    },
    /** Also what was asked and is not answered yet: it may have been asked too early. */
    forget(fits: (answer: T) => boolean): void {
      for (const [key, { given }] of held) if (!given || fits(given.answer)) held.delete(key);
    },
  };
}

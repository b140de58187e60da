import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import type { Caller } from "@tessera/api";
import type { TenantId } from "@tessera/contracts";
import type { Gate, Membership } from "@tessera/db";
import type { KnownDevice } from "@tessera/domain/devices/pairing";
import { webHeaders } from "./headers.ts";
import type { SignIn } from "./sign-in.ts";

/** How long a device or membership is believed before the database is asked again. */
const BELIEVED_MS = 5_000;
const MOST_REMEMBERED = 10_000;

/** Finds out who a request is from. */
export interface Callers {
  /**
   * @param headers Of the request, or of the socket's upgrade.
   * @param token A device's token from elsewhere than the Authorization header.
   * @returns The caller, or null for nobody we know.
   */
  recognise(headers: IncomingHttpHeaders, token?: string | null): Promise<Caller | null>;
  /** Something happened to somebody's rights in a tenant: its devices and members are asked for anew. */
  forget(tenant: TenantId): void;
}

/** @returns SHA-256: what is kept of tokens and pairing codes. */
export const hashOf = (text: string): Uint8Array => new Uint8Array(hash("sha256", text, "buffer"));

export interface CallersOptions {
  gate: Gate;
  signIn: SignIn;
  now: () => number;
}

export function openCallers({ gate, signIn, now }: CallersOptions): Callers {
  const devices = remembering<KnownDevice | null>(now);
  const memberships = remembering<Membership[]>(now);

  async function deviceCaller(token: string): Promise<Caller | null> {
    const hash = hashOf(token);
    const key = Buffer.from(hash).toString("base64");
    const device = await devices.ask(key, () => gate.device(hash));
    return device && { kind: "device", ...device };
  }

  async function memberCaller(headers: IncomingHttpHeaders): Promise<Caller | null> {
    if (!headers.cookie) return null;
    const userId = await signIn.userOf(webHeaders(headers));
    if (!userId) return null;
    const all = await memberships.ask(userId, () => gate.memberships(userId));
    const wanted = headers["x-tessera-tenant"];
    const membership = wanted ? all.find(({ tenant }) => tenant.slug === wanted) : all[0];
    if (!membership) return null;
    const { memberId, name, role, tenant } = membership;
    return { kind: "member", memberId, name, role, tenant: { id: tenant.id, name: tenant.name } };
  }

  return {
    async recognise(headers, token) {
      const bearer = token ?? headers.authorization?.match(/^Bearer (tsd_\w{20,80})$/)?.[1];
      return bearer ? deviceCaller(bearer) : memberCaller(headers);
    },
    forget(id) {
      devices.forget((device) => device?.tenant.id === id);
      memberships.forget((all) => all.some(({ tenant }) => tenant.id === id));
    },
  };
}

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

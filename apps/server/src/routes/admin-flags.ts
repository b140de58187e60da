import type { Platform } from "@tessera/api";
import type { FlagKey } from "@tessera/contracts";
import { type FlagRefusalReason, flagRefusals, isFlagKey } from "@tessera/contracts/flags";
import type { FlagActor } from "@tessera/domain/flags/flag-book";
import type { Express, Request, Response } from "express";
import type { Deployment } from "../platform.ts";
import { hasToken } from "./bearer.ts";
import { inWords, type Wanted, wantedIn } from "./flag-words.ts";
import { jsonBody } from "./json-body.ts";
import { mayGoOn } from "./limit-headers.ts";

/** A list may hold 100,000 ids, and an id has 36 characters. */
const MOST_BYTES = 8 * 1024 * 1024;
const HTTP: FlagActor = { id: "http", via: "http" };

type Flags = Pick<Platform, "flagBook" | "flags">;
interface Answer {
  status: number;
  body: object;
}

/**
 * `/admin/feature-flags/<key>`: GET tells how a flag is set, POST changes it, as the operators' documents write it for curl.
 *
 * @param deployment Whose flags.
 * @param token Who sends it is let in; null: there is no such door.
 */
export function mountAdminFlags(app: Express, { platform, addressOf }: Deployment, token: string | null): void {
  app.all("/admin/feature-flags/*key", async (request, response) => {
    const refusal = token === null ? NO_DOOR : hasToken(request.headers, token) ? null : NO_TOKEN;
    const holders = { address: addressOf(request) };
    const { limiter } = platform;
    if (refusal === NO_TOKEN && !(await mayGoOn({ limiter, response, limitClass: "unknown", holders }))) return;
    const { status, body } = refusal ?? (await answer(platform, request, response));
    if (status === 401) response.set("www-authenticate", "Bearer");
    if (status === 405) response.set("allow", "GET, POST");
    response.set("cache-control", "no-store").status(status).json(body);
  });
}

const NO_DOOR: Answer = {
  status: 404,
  body: { message: "Flags can be changed here when TESSERA_ADMIN_TOKEN is set, to 32 characters or more." },
};
const NO_TOKEN: Answer = {
  status: 401,
  body: { message: "Say who you are: Authorization: Bearer, and what TESSERA_ADMIN_TOKEN is set to." },
};
const NO_METHOD: Answer = { status: 405, body: { message: "GET tells how a flag is set, POST changes it." } };

async function answer(flags: Flags, request: Request, response: Response): Promise<Answer> {
  const key = [request.params.key ?? []].flat().join("/"); // ff/qr_unified_portal, with its slash written out or encoded
  if (!isFlagKey(key)) return refused("unknown_flag");
  if (request.method === "GET" || request.method === "HEAD") return asItIs(flags, key);
  if (request.method !== "POST") return NO_METHOD;

  const body = await jsonBody(request, response, MOST_BYTES);
  if (body.kind === "refused") return { status: body.status, body: { message: body.message } };
  const read = wantedIn(body.value ?? {});
  return "wrong" in read ? { status: 400, body: { message: read.wrong } } : change(flags, key, read.wanted);
}

async function change(flags: Flags, key: FlagKey, { set, killed, because }: Wanted): Promise<Answer> {
  const { flagBook, flags: board } = flags;
  if (killed === false) return refused("killed", "a killed flag is restored by a person in the console");
  if (killed) {
    const kill = await flagBook.kill(key, because, HTTP);
    if (kill.kind === "refused") return refused(kill.reason);
    await board.refresh();
  }
  if (Object.keys(set).length > 0) {
    const saved = await flagBook.overwrite(key, set, because, HTTP);
    if (saved.kind === "refused") {
      const why = flagRefusals[saved.reason];
      return refused(saved.reason, killed ? `The flag is killed; the rest was not changed. ${why}` : why);
    }
    await board.refresh();
  }
  return asItIs(flags, key);
}

const refused = (reason: FlagRefusalReason, message: string = flagRefusals[reason]): Answer => ({
  status: reason === "unknown_flag" ? 404 : 409,
  body: { reason, message },
});

/** One that is set to nonsense is told as it holds here, with what is wrong. */
async function asItIs({ flagBook, flags }: Flags, key: FlagKey): Promise<Answer> {
  const { settings, unreadable } = await flagBook.read();
  const bad = unreadable.find((flag) => flag.key === key);
  const setting = (bad ? flags.settings() : settings).find((one) => one.key === key);
  if (!setting && !bad) return refused("unknown_flag");
  const body = {
    ...(setting ? inWords(setting) : { key }),
    override: flags.overrideOf(key),
    ...(bad && { unreadable: bad.because }),
  };
  return { status: 200, body };
}

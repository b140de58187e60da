import { createHash } from "node:crypto";
import { BLOCKED, holdersOf, whoBlocks } from "@tessera/api";
import { flagKeys } from "@tessera/contracts";
import { isFlagKey } from "@tessera/contracts/flags";
import type { Express, Request, RequestHandler, Response } from "express";
import { noteStranger } from "../adapters/strangers.ts";
import type { Deployment } from "../platform.ts";
import { hasToken } from "./bearer.ts";
import { jsonBody } from "./json-body.ts";
import { mayGoOn } from "./limit-headers.ts";
import { evaluationOf, type Failure, notFound, statusOf } from "./ofrep-answers.ts";
import { type Asker, type Subject, subjectIn } from "./ofrep-subject.ts";

const MOST_BYTES = 64 * 1024;
const BULK = "/ofrep/v1/evaluate/flags";
/** What a client should know of us: it may ask again after so long, and keeps nothing between. */
const CONFIGURATION = {
  name: "Tessera",
  capabilities: {
    cacheInvalidation: { polling: { enabled: true, minPollingIntervalMs: 2_000 } },
    flagEvaluation: { supportedTypes: ["boolean"] },
    caching: { enabled: false },
  },
};

/**
 * OFREP, the OpenFeature Remote Evaluation Protocol: any OpenFeature client can read the flags. A member or a desk asks for
 * itself; who sends the operators' token asks for anybody.
 *
 * @param token Of the operators; null: there is none.
 */
export function mountOfrep(app: Express, deployment: Deployment, token: string | null): void {
  const { platform, callers, log, addressOf } = deployment;

  async function askerOf({ headers }: Request): Promise<Asker | null> {
    if (token !== null && hasToken(headers, token)) return { kind: "operators" };
    const caller = await callers.recognise(headers);
    return caller?.kind === "member" || caller?.kind === "device" ? { kind: "caller", caller } : null;
  }

  /** The operators' own programs ask as often as they like. */
  async function mayAsk(asker: Asker | null, request: Request, response: Response): Promise<boolean> {
    if (asker?.kind === "operators") return true;
    const caller = asker?.caller ?? null;
    const address = addressOf(request);
    if (!caller) noteStranger(platform, request.headers, address);
    const blocker = whoBlocks(platform, caller, address);
    if (blocker) {
      response.status(403).json({ errorDetails: BLOCKED[blocker] });
      return false;
    }
    const holders = holdersOf(caller, address);
    return mayGoOn({ limiter: platform.limiter, response, limitClass: asker ? "read" : "unknown", holders });
  }

  /** Answers who may ask; a failure of ours is told in the protocol's words too. */
  const asked =
    (answer: (asker: Asker, request: Request, response: Response) => Promise<void> | void): RequestHandler =>
    async (request, response) => {
      response.set("cache-control", "private, no-cache").vary("Authorization").vary("Cookie");
      try {
        const asker = await askerOf(request);
        if (!(await mayAsk(asker, request, response))) return;
        if (asker) return await answer(asker, request, response);
        response.status(401).set("www-authenticate", "Bearer").json({ errorDetails: "Sign in, or send a token." });
      } catch (cause) {
        log.error({ err: cause, path: request.path }, "flags could not be evaluated");
        fail(request, response, { errorCode: "GENERAL", errorDetails: "Something went wrong on our side." });
      }
    };

  async function subjectOf(asker: Asker, request: Request, response: Response): Promise<Subject | Failure> {
    const body = await jsonBody(request, response, MOST_BYTES);
    if (body.kind === "refused") return { errorCode: "PARSE_ERROR", errorDetails: body.message };
    return subjectIn(body.value, asker, platform.flags);
  }

  app.post(
    `${BULK}/*key`,
    asked(async (asker, request, response) => {
      const key = keyIn(request);
      const subject = await subjectOf(asker, request, response);
      if (!isFlagKey(key)) return fail(request, response, notFound(key));
      if ("errorCode" in subject) return fail(request, response, subject);
      const evaluation = evaluationOf(subject.decide(key));
      if ("errorCode" in evaluation) return fail(request, response, evaluation);
      response.json(evaluation);
    }),
  );

  app.post(
    BULK,
    asked(async (asker, request, response) => {
      const subject = await subjectOf(asker, request, response);
      if ("errorCode" in subject) return fail(request, response, subject);
      const flags = flagKeys
        .map((key) => ({ key, ...evaluationOf(subject.decide(key)) }))
        .filter((one) => !("errorCode" in one) || one.errorCode !== "FLAG_NOT_FOUND");
      unlessKnown(request, response, { flags }, platform.flags.revision);
    }),
  );

  app.get(
    "/ofrep/v1/configuration",
    asked((_asker, request, response) => unlessKnown(request, response, CONFIGURATION, 0)),
  );
}

const keyIn = ({ params }: Request): string => [params.key ?? []].flat().join("/");

/** The protocol wants the key in what is said of one flag. */
function fail(request: Request, response: Response, failure: Failure): void {
  const key = keyIn(request);
  response.status(statusOf(failure)).json({ ...(key && { key }), ...failure });
}

/**
 * The tag is the flags' revision and a digest of the answer itself: whatever the answer depends on (who asks, the age of what
 * we know, the environment) is in it, and it is the same in every process that would answer the same.
 */
function unlessKnown(request: Request, response: Response, body: object, revision: number): void {
  const text = JSON.stringify(body);
  const tag = `"${revision}-${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  response.set("etag", tag);
  const known = (request.headers["if-none-match"] ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (known.includes(tag) || known.includes("*")) return void response.status(304).end();
  response.type("json").send(text);
}

import {
  DeclineRequest,
  MakeRequest,
  NameRequest,
  NoteRequest,
  portalDefaults,
  RateRequest,
  Request,
  RequestBoard,
  RequestKind,
  RequestOutcome,
} from "@tessera/contracts";
import type { RequestMove } from "@tessera/domain/guests/requests";
import { z } from "zod";
import { flagFor } from "../flag-for.ts";
import { guestProcedure, staffProcedure } from "../gate.ts";
import { once } from "../once.ts";
import { router } from "../trpc.ts";

const PORTAL = "ff/qr_unified_portal";
/** Calls that go through this flag: its breaker counts them. */
const behind = { flag: PORTAL } as const;

/** What a guest does to a request by a button alone. */
const byGuest = (act: Extract<RequestMove["act"], "cancel" | "confirm" | "reopen">) =>
  guestProcedure
    .meta(behind)
    .input(NameRequest)
    .use(once)
    .output(RequestOutcome)
    .mutation(({ ctx, input }) =>
      ctx.tenant.requests.moveByGuest(ctx.caller, input.requestId, { act }, ctx.platform.now()),
    );

/** What staff do to one by a button alone. */
const byStaff = (act: Extract<RequestMove["act"], "accept" | "start" | "finish">) =>
  staffProcedure
    .meta(behind)
    .input(NameRequest)
    .use(once)
    .output(RequestOutcome)
    .mutation(({ ctx, input }) =>
      ctx.tenant.requests.moveByStaff(input.requestId, { act }, ctx.caller.memberId, ctx.platform.now()),
    );

export const request = router({
  /** What can be asked for here, and how long it takes. */
  kinds: guestProcedure
    .meta(behind)
    .output(z.array(RequestKind))
    .query(({ ctx }) => ctx.tenant.requests.kinds(ctx.platform.now())),

  /** A guest asks. The same that is open in the visit is asked for once more; a session makes no more than the flag says. */
  make: guestProcedure
    .meta({ ...behind, limit: "request" })
    .input(MakeRequest)
    .use(once)
    .output(RequestOutcome)
    .mutation(async ({ ctx, input }) => {
      const { value, values } = flagFor(ctx.platform.flags, ctx.caller, PORTAL);
      if (!value) return { kind: "refused", because: "not_offered" };
      const { max_requests_per_session: most } = values ?? portalDefaults;
      return ctx.tenant.requests.make(ctx.caller, input, most, ctx.platform.now());
    }),

  /** A guest's own, and those that others of the visit share with them. The newest first. */
  mine: guestProcedure
    .meta(behind)
    .output(z.array(Request))
    .query(({ ctx }) => ctx.tenant.requests.mine(ctx.caller, ctx.platform.now())),

  cancel: byGuest("cancel"),

  /** The guest has it. Time says so for who does not. */
  confirm: byGuest("confirm"),

  /** It was not right after all: back into the queue, within fifteen minutes. */
  reopen: byGuest("reopen"),

  /** One to five stars, and a word. Given again, the last holds. */
  rate: guestProcedure
    .meta(behind)
    .input(RateRequest)
    .use(once)
    .output(RequestOutcome)
    .mutation(({ ctx, input: { requestId, ...rating } }) =>
      ctx.tenant.requests.moveByGuest(ctx.caller, requestId, { act: "rate", ...rating }, ctx.platform.now()),
    ),

  /** The queue: what is open, the oldest first, what was settled, and how soon somebody answers. */
  list: staffProcedure.output(RequestBoard).query(({ ctx }) => ctx.tenant.requests.board(ctx.platform.now())),

  /** Takes a request. Of two at once one has it, and the other hears who. */
  accept: byStaff("accept"),

  start: byStaff("start"),

  finish: byStaff("finish"),

  /** The guest reads why. */
  decline: staffProcedure
    .meta(behind)
    .input(DeclineRequest)
    .use(once)
    .output(RequestOutcome)
    .mutation(({ ctx, input: { requestId, because } }) =>
      ctx.tenant.requests.moveByStaff(requestId, { act: "decline", because }, ctx.caller.memberId, ctx.platform.now()),
    ),

  /** A word from staff to staff. */
  note: staffProcedure
    .meta(behind)
    .input(NoteRequest)
    .use(once)
    .output(RequestOutcome)
    .mutation(({ ctx, input: { requestId, note } }) =>
      ctx.tenant.requests.moveByStaff(requestId, { act: "note", note }, ctx.caller.memberId, ctx.platform.now()),
    ),
});

import {
  type AvailabilityNews,
  type FlagNews,
  Resume,
  type Resync,
  type TenantEvent,
  type ToldSince,
  TopicsSince,
} from "@tessera/contracts";
import { follow } from "@tessera/domain/events/follow";
import { TRPCError, type TrackedEnvelope, tracked } from "@trpc/server";
import { listenerProcedure, tenantProcedure } from "../gate.ts";
import { toldSince } from "../hub/since.ts";
import { changeIn, changesFlags, concerns, flagsFor } from "../live.ts";
import { router } from "../trpc.ts";

type Live<T> = AsyncGenerator<TrackedEnvelope<T>>;
const never = new AbortController().signal;

export const live = router({
  /** What happens in the tenant: all of it for desks and staff, one's own for a member or a guest. Resumes at `lastEventId`. */
  events: listenerProcedure.input(Resume).subscription(async function* ({
    ctx,
    input,
    signal = never,
  }): Live<TenantEvent | Resync> {
    const { journal } = ctx.tenant;
    const arrivals = ctx.platform.bus.listen(ctx.scope, signal); // before the first read, so nothing slips between
    const seen = Number(input?.lastEventId ?? (await journal.head()));

    for await (const event of follow(journal, arrivals, seen)) {
      if (concerns(ctx.caller, event)) yield tracked(String(event.seq), event);
    }
  }),

  /** First the state of every resource, then each change. Resumes at `lastEventId`. */
  availability: tenantProcedure.input(Resume).subscription(async function* ({
    ctx,
    input,
    signal = never,
  }): Live<AvailabilityNews> {
    const { journal, resources } = ctx.tenant;
    const arrivals = ctx.platform.bus.listen(ctx.scope, signal);
    const everything = async () => ({ resources: await resources.availability(), complete: true });

    const seen = Number(input?.lastEventId ?? (await journal.head()));
    if (!input?.lastEventId) yield tracked(String(seen), await everything());

    for await (const event of follow(journal, arrivals, seen)) {
      if (event.type === "resync") yield tracked(String(event.seq), await everything());
      const change = changeIn(event);
      if (change) yield tracked(String(event.seq), { resources: [change], complete: false });
    }
  }),

  /** First every flag as it is for the caller, then again whenever one changes. Resumes at `lastEventId`. */
  flags: tenantProcedure.input(Resume).subscription(async function* ({ ctx, input, signal = never }): Live<FlagNews> {
    const { journal } = ctx.tenant;
    const { bus, flags } = ctx.platform;
    const arrivals = bus.listen(ctx.scope, signal);
    const everything = async () => {
      await flags.refresh(); // the event may be here before this process has read what it tells of
      return flagsFor(flags, ctx.caller);
    };

    const seen = Number(input?.lastEventId ?? (await journal.head()));
    if (!input?.lastEventId) yield tracked(String(seen), await everything());

    for await (const event of follow(journal, arrivals, seen)) {
      if (changesFlags(event)) yield tracked(String(event.seq), await everything());
    }
  }),

  /** For who cannot hold a socket: what the subscriptions to these topics told since, in the order they were asked for. */
  since: listenerProcedure.input(TopicsSince).query(({ ctx, input }): Promise<ToldSince[]> => {
    if (ctx.caller.kind === "guest" && input.some(({ topic }) => topic !== "events"))
      throw new TRPCError({ code: "FORBIDDEN", message: "This is not for guests." });
    return toldSince({ caller: ctx.caller, tenant: ctx.tenant, flags: ctx.platform.flags }, input);
  }),
});

import { randomUUID } from "node:crypto";
import type { MeteredCall, TrafficMeter } from "@tessera/api";
import { type FlagKey, flagKeys, type TenantId } from "@tessera/contracts";
import type { BreakerBook, TrafficCount } from "@tessera/domain/flags/breaker-book";

/** What is told of together. A breaker looks at windows of minutes. */
const SLICE_MS = 10_000;
/** More traces than these of one slice say nothing new. */
const MOST_TRACES = 20;

type Failures = Parameters<BreakerBook["count"]>[1];

interface Tally {
  calls: number;
  failures: number;
}

interface Slice {
  all: Tally;
  exposed: Map<FlagKey, Map<TenantId, Tally>>;
}

/** Counts the calls of this process until somebody asks for them. */
export interface Traffic extends TrafficMeter {
  /** Begins a slice now: what comes is decided by other settings than what came, and must not be counted with it. */
  split(): void;
  /** @returns What was counted since the last time, and forgets it. */
  take(): { counts: TrafficCount[]; failures: Failures };
}

const none = (): Tally => ({ calls: 0, failures: 0 });

/** @param now The clock. */
export function trafficMeter(now: () => Date): Traffic {
  let slices = new Map<number, Slice>();
  let traces: [...Failures] = [];
  let splitAt = 0;

  function sliceAt(at: number): Slice {
    const begin = Math.max(at - (at % SLICE_MS), splitAt);
    const known = slices.get(begin);
    if (known) return known;
    const slice: Slice = { all: none(), exposed: new Map() };
    slices.set(begin, slice);
    return slice;
  }

  return {
    called({ path, tenantId, exposedTo, failure, trace }: MeteredCall) {
      const at = now();
      const slice = sliceAt(at.getTime());
      add(slice.all, failure);
      if (!exposedTo || !tenantId) return;
      add(tallyIn(slice.exposed, exposedTo, tenantId), failure);
      if (failure && traces.length < MOST_TRACES) {
        traces.push({ key: exposedTo, at: at.toISOString(), path, failure, tenantId, trace: trace || randomUUID() });
      }
    },

    split() {
      splitAt = now().getTime();
    },

    take() {
      const counts = [...slices].flatMap(([begin, slice]) => countsOf(new Date(begin), slice));
      const failures = traces;
      slices = new Map();
      traces = [];
      return { counts, failures };
    },
  };
}

function add(tally: Tally, failure: string | null): void {
  tally.calls++;
  if (failure) tally.failures++;
}

function tallyIn(exposed: Slice["exposed"], key: FlagKey, tenant: TenantId): Tally {
  const ofKey = exposed.get(key) ?? new Map<TenantId, Tally>();
  exposed.set(key, ofKey);
  const tally = ofKey.get(tenant) ?? none();
  ofKey.set(tenant, tally);
  return tally;
}

/** For each flag: the tenants it was on for, and all other calls in one. */
function countsOf(slice: Date, { all, exposed }: Slice): TrafficCount[] {
  return flagKeys.flatMap((key) => {
    const through = [...(exposed.get(key) ?? [])].map(([tenantId, tally]) => ({ key, slice, tenantId, ...tally }));
    const past = through.reduce(
      (rest, tally) => ({ calls: rest.calls - tally.calls, failures: rest.failures - tally.failures }),
      all,
    );
    return past.calls > 0 ? [...through, { key, slice, tenantId: null, ...past }] : through;
  });
}

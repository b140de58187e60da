import { type Failure, failures, type RedemptionOutcome, refusals } from "@tessera/contracts";
import { type Finding, invariants, type OutboxWaiting } from "@tessera/db";
import type { LimitClass } from "@tessera/domain/limits/policies";
import type { RaisedAlert } from "@tessera/domain/suspicion/security-book";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { openSocketMetrics, type SocketMetrics } from "./sockets.ts";

/** How a scan ended, as far as it may be counted: never whose, where or which. */
export type ScanEnd = RedemptionOutcome | { kind: "failed"; failure: Failure };

/** What is counted. Every label has a fixed set of values, so that no caller can make the numbers grow without end. */
export interface Metrics {
  /**
   * A scan was decided, or failed. A repeated answer is not counted again.
   *
   * @param ms From its arrival to its answer.
   */
  scanDecided(end: ScanEnd, ms: number): void;
  /** A scan went on without the guard that keeps the queue short. */
  lockDegraded(): void;
  /** Others held the lock for longer than the guard waits. */
  lockContended(): void;
  /** A call was refused because an allowance was used up. */
  rateLimited(limitClass: LimitClass): void;
  /** A suspicion is new, or worse than before. */
  alertRaised(alert: RaisedAlert): void;
  /** On how many Redis nodes this process listens for news of others. */
  busNodes(nodes: number): void;
  /** What the check of the invariants found; each invariant keeps its number until it is checked again. */
  invariantsChecked(findings: readonly Pick<Finding, "invariant" | "violations">[]): void;
  sockets: SocketMetrics;
  /** @returns Everything in Prometheus' text format, version 0.0.4, and its content type. */
  text(): Promise<{ type: string; body: string }>;
}

/** Reasons a scan can be refused for, and ways it can fail: one label value each. */
const REASONS = new Set<string>([...Object.keys(refusals), ...Object.keys(failures)]);

/** Seconds. The alarm is at 0.5; a desk waits no longer than a few. */
const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8];

/**
 * @param readOutbox How far the relay is behind, asked whenever somebody reads the metrics.
 * @returns The metrics of this process, all at zero.
 */
export function openMetrics(readOutbox: () => Promise<OutboxWaiting>): Metrics {
  const register = new Registry();
  const registers = [register];
  collectDefaultMetrics({ register, prefix: "tessera_" });

  const scans = new Counter({
    name: "qr_scans_total",
    help: "Scans that got their answer",
    labelNames: ["outcome"],
    registers,
  });
  const successes = new Counter({ name: "qr_scans_success", help: "Scans that were redeemed", registers });
  const refused = new Counter({
    name: "qr_scans_failed",
    help: "Scans that were refused or could not be decided, by the reason they were told",
    labelNames: ["reason"],
    registers,
  });
  const degraded = new Counter({
    name: "qr_lock_degraded_total",
    help: "Scans that went on without the guard; the database decided all the same",
    registers,
  });
  const contended = new Counter({
    name: "qr_lock_contended_total",
    help: "Redemptions that went on without a lock because others held it for longer than the guard waits",
    registers,
  });
  const limited = new Counter({
    name: "tessera_rate_limited_total",
    help: "Calls that were refused because an allowance was used up, by its class",
    labelNames: ["class"],
    registers,
  });
  const alerts = new Counter({
    name: "qr_security_alerts",
    help: "Suspicions that were raised or got worse, by kind and severity",
    labelNames: ["kind", "severity"],
    registers,
  });
  const validation = new Histogram({
    name: "qr_validation_latency",
    help: "From a scan's arrival to its answer, seconds",
    buckets: SECONDS,
    registers,
  });
  const checkout = new Histogram({
    name: "qr_checkout_duration",
    help: "From a scan's arrival to the finished check-out, seconds",
    buckets: SECONDS,
    registers,
  });
  const bus = new Gauge({
    name: "tessera_bus_nodes",
    help: "Redis nodes over which this process hears of other processes' news; with none it looks at the journal's head",
    registers,
  });
  const violations = new Gauge({
    name: "tessera_invariant_violations",
    help: "What the last check found to be wrong; anything above 0 needs a person",
    labelNames: ["invariant"],
    registers,
  });
  const waiting = new Gauge({
    name: "tessera_outbox_waiting",
    help: "Events that are not numbered yet; NaN while the database cannot be asked",
    registers,
  });
  const lag = new Gauge({
    name: "tessera_relay_lag_seconds",
    help: "Age of the oldest event that is not numbered yet; NaN while the database cannot be asked",
    registers,
  });

  for (const outcome of ["redeemed", "refused", "failed"]) scans.inc({ outcome }, 0);
  for (const invariant of invariants) violations.set({ invariant }, 0);

  return {
    scanDecided(end, ms) {
      if (end.kind !== "failed" && end.replayed) return;
      scans.inc({ outcome: end.kind });
      validation.observe(ms / 1_000);
      if (end.kind !== "redeemed") return refused.inc({ reason: reasonOf(end) });
      successes.inc();
      if (end.purpose === "check_out") checkout.observe(ms / 1_000);
    },

    sockets: openSocketMetrics(register),

    lockDegraded: () => degraded.inc(),
    lockContended: () => contended.inc(),
    alertRaised: ({ kind, severity }) => alerts.inc({ kind, severity }),
    rateLimited: (limitClass) => limited.inc({ class: limitClass }),
    busNodes: (nodes) => bus.set(nodes),

    invariantsChecked(findings) {
      for (const { invariant, violations: count } of findings) violations.set({ invariant }, count);
    },

    async text() {
      const outbox = await readOutbox().catch(() => ({ waiting: Number.NaN, lagSeconds: Number.NaN }));
      waiting.set(outbox.waiting);
      lag.set(outbox.lagSeconds);
      return { type: register.contentType, body: await register.metrics() };
    },
  };
}

/** A word of a newer release, or a slip, is counted too, without a label of its own. */
function reasonOf(end: Exclude<ScanEnd, { kind: "redeemed" }>): string {
  const reason = end.kind === "failed" ? end.failure : end.refusal.reason;
  return REASONS.has(reason) ? reason : "other";
}

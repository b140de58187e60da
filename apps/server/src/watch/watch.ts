import {
  checkInvariants,
  type Database,
  type Finding,
  invariants,
  type SealSigner,
  sealDay,
  settleDueClaims,
  takeDueReminders,
  tidyUp,
  watchTasks,
} from "@tessera/db";
import { reminderMail } from "@tessera/domain/lending/reminders";
import type { Post } from "@tessera/domain/people/mails";
import type { Metrics } from "../metrics/metrics.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const REMIND_EVERY_MS = 10 * MINUTE_MS;
/** Each minute looks back further than an hour: what the hourly look at everything has not seen yet. */
const LOOKS_BACK_MS = 65 * MINUTE_MS;

export interface WatchOptions {
  database: Database;
  metrics: Pick<Metrics, "invariantsChecked">;
  signer: SealSigner;
  now(): Date;
  post: Post;
  /** Where members see their loans: stands in letters about them. */
  loansPage: string;
  /** Told of each violation, once per look: ids only. */
  onFinding(finding: Finding): void;
  /** Told of each journal that got no seal because it was tampered with. */
  onBrokenJournal(broken: { tenantId: string; seq: number; because: string }): void;
  /** Told of each look that failed; the next one tries again. */
  onTrouble(cause: unknown): void;
  /** Milliseconds between two looks; a minute when left out. */
  everyMs?: number;
}

/** Looks after the deployment while it runs. */
export interface Watch {
  /** One round, now, if it is this process's turn; then the gauge tells what the last round found, whoever did it. */
  look(): Promise<void>;
  /** Ends the round that is under way, then stops. */
  stop(): Promise<void>;
}

/**
 * Checks the invariants each minute over what is new and each hour over everything; offers each minute what was kept for somebody who
 * did not come to the next, and writes every ten minutes to whom a loan is due; seals and tidies up each hour. Of several
 * processes one does it; all of them tell the same numbers. Does not keep the process alive.
 */
export function startWatch(options: WatchOptions): Watch {
  const {
    database,
    metrics,
    signer,
    now,
    post,
    loansPage,
    onFinding,
    onBrokenJournal,
    onTrouble,
    everyMs = MINUTE_MS,
  } = options;
  const tasks = watchTasks(database);
  let looking: Promise<void> = Promise.resolve();

  async function check(task: string, taskEveryMs: number, since: Date | null): Promise<void> {
    if (!(await tasks.claim(task, taskEveryMs, now()))) return;
    const findings = await checkInvariants(database, since);
    for (const finding of findings) if (finding.violations > 0) onFinding(finding);
    await tasks.report(task, Object.fromEntries(findings.map(({ invariant, violations }) => [invariant, violations])));
  }

  async function seal(): Promise<void> {
    if (!(await tasks.claim(SEALS, HOUR_MS, now()))) return;
    const { sealed, broken } = await sealDay(database, signer, now());
    for (const one of broken) onBrokenJournal(one);
    await tasks.report(SEALS, { sealed, broken: broken.length });
  }

  async function tidy(): Promise<void> {
    if (!(await tasks.claim("tidy-up", HOUR_MS, now()))) return;
    await tasks.report("tidy-up", { ...(await tidyUp(database, now())) });
  }

  async function claims(): Promise<void> {
    if (!(await tasks.claim("claims", everyMs, now()))) return;
    await tasks.report("claims", { settled: await settleDueClaims(database, now()) });
  }

  async function remind(): Promise<void> {
    if (!(await tasks.claim("reminders", REMIND_EVERY_MS, now()))) return;
    const due = await takeDueReminders(database, now());
    for (const reminder of due) post.send(reminderMail(reminder, loansPage));
    await tasks.report("reminders", { sent: due.length });
  }

  /** The worse of the two: a fault that the look at everything found does not heal by growing old. */
  async function tell(): Promise<void> {
    const [recent, whole] = [await tasks.lastReport(RECENT), await tasks.lastReport(WHOLE)];
    const { broken = 0 } = await tasks.lastReport(SEALS);
    const numbers = invariants.map((invariant) => {
      const counts = [recent[invariant], whole[invariant], invariant === "I12" ? broken : 0];
      return { invariant, violations: Math.max(...counts.map((count) => Number(count ?? 0))) };
    });
    metrics.invariantsChecked(numbers);
  }

  async function round(): Promise<void> {
    for (const step of [
      () => check(RECENT, everyMs, new Date(now().getTime() - LOOKS_BACK_MS)),
      () => check(WHOLE, HOUR_MS, null),
      claims,
      remind,
      seal,
      tidy,
      tell,
    ]) {
      await step().catch(onTrouble); // one that fails does not keep the others from their turn
    }
  }

  /** One after the other: a round that takes long is not overtaken by the next. */
  function look(): Promise<void> {
    looking = looking.then(round);
    return looking;
  }

  const timer = setInterval(() => void look(), everyMs);
  timer.unref();

  return {
    look,
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
}

const RECENT = "invariants";
const WHOLE = "all invariants";
const SEALS = "seals";

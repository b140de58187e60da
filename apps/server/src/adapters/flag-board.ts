import type { FlagBoard } from "@tessera/api";
import { type FlagKey, flagKeys, type TenantId } from "@tessera/contracts";
import { type FlagSetting, isFlagKey, overrideName } from "@tessera/contracts/flags";
import { compileFlags, type FlagSet } from "@tessera/domain/flags/evaluate";
import type { FlagBook, UnreadableFlag } from "@tessera/domain/flags/flag-book";

/** The flags of this process, and how they are brought up to date. */
export interface LiveFlagBoard extends FlagBoard {
  /** Looks whether any flag has changed, and reads them again if so: for changes that nobody told of. Never throws. */
  look(): Promise<void>;
  /** Lets a reading that is under way end; after it none begins. */
  close(): Promise<void>;
}

export interface FlagBoardOptions {
  book: Pick<FlagBook, "read" | "revisions">;
  /** What the environment says, whatever is set. */
  overrides: Readonly<Partial<Record<FlagKey, boolean>>>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Told of each reading that failed; until one passes the last known settings hold. */
  onTrouble(cause: unknown): void;
  /** Told once of each flag in the database that is none: its last good setting holds. */
  onUnreadable(flag: UnreadableFlag): void;
  /** This process decides by this revision from now on. Not told of the first reading. */
  onArrival(revision: number): void;
}

const TRY_AGAIN_MS = 250;
/** Who asks for fresh settings waits no longer than this for a database that does not answer. */
const PATIENCE_MS = 2_000;
/** Settings that nobody could confirm for so long are told to be stale. */
const STALE_AFTER_MS = 10_000;

/** @returns The flags that an environment overrides: `FEATURE_QR_CHECKOUT=false`. */
export function overridesIn(env: Readonly<Record<string, unknown>>): Partial<Record<FlagKey, boolean>> {
  const set = flagKeys.map((key) => [key, env[overrideName(key)]] as const);
  return Object.fromEntries(set.filter(([, value]) => typeof value === "boolean"));
}

/** @returns Whether it ended in time. What takes longer goes on. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(resolve, ms, false);
  });
  try {
    return await Promise.race([work.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A setting that holds although another was written, which is nonsense: that one's switches can turn it off, never on. */
const switchedOff = (
  good: FlagSetting,
  { enabled, archived, killed, breaker, revision }: FlagSetting,
): FlagSetting => ({
  ...good,
  enabled: good.enabled && enabled,
  archived: good.archived || archived,
  killed: killed ?? good.killed,
  breaker: breaker.state === "open" ? breaker : good.breaker,
  revision, // whoever has seen the old one hears of it
});

/**
 * @param options Where the flags are written down, and who is told of what.
 * @returns A board with today's settings.
 * @throws What the first reading throws: without any settings nobody can decide.
 */
export async function openFlagBoard(options: FlagBoardOptions): Promise<LiveFlagBoard> {
  const { book, overrides, now, onTrouble, onUnreadable, onArrival } = options;
  let settings: readonly FlagSetting[] = [];
  const lastGood = new Map<FlagKey, FlagSetting>();
  let tenants: readonly TenantId[] = [];
  let revisions: ReadonlyMap<string, number> | null = null;
  let flags: FlagSet = compileFlags([], { tenantsByAge: [], overrides, stale: false });
  let confirmedAt = now();
  let toldStale = false;
  const told = new Set<string>();
  let underWay: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  let isClosed = false;

  const compiled = (from: readonly FlagSetting[]) =>
    compileFlags(from, { tenantsByAge: tenants, overrides, stale: toldStale });

  /** A flag that cannot be read any more keeps what it was: nonsense must not switch anything on or off. */
  function withLastGood(read: readonly FlagSetting[], unreadable: readonly UnreadableFlag[]): readonly FlagSetting[] {
    for (const setting of read) lastGood.set(setting.key, setting);
    const kept: FlagSetting[] = [];
    for (const flag of unreadable) {
      const once = `${flag.key} ${flag.because}`;
      if (!told.has(once)) onUnreadable(flag);
      told.add(once);
      const good = isFlagKey(flag.key) && lastGood.get(flag.key);
      if (good) kept.push(flag.forNobody ? switchedOff(good, flag.forNobody) : good);
    }
    return [...read, ...kept];
  }

  async function read(): Promise<void> {
    const before = flags.revision;
    const seen = await book.revisions(); // before the settings: what changes in between is seen by the next look
    if (!isNews(seen)) return confirmed();
    const { settings: found, unreadable, tenantsByAge } = await book.read();
    tenants = tenantsByAge;
    settings = withLastGood(found, unreadable);
    revisions = seen;
    confirmedAt = now();
    toldStale = false;
    flags = compiled(settings);
    if (before > 0 && flags.revision > before) onArrival(flags.revision);
  }

  const isNews = (seen: ReadonlyMap<string, number>): boolean =>
    seen.size !== revisions?.size || [...seen].some(([key, revision]) => revisions?.get(key) !== revision);

  function confirmed(): void {
    confirmedAt = now();
    if (!toldStale) return;
    toldStale = false;
    flags = compiled(settings);
  }

  /** Again and again: a kill must not be lost because the database was away for a moment. */
  async function readUntilItPasses(): Promise<void> {
    let hasPassed = false;
    while (!hasPassed && !isClosed) {
      hasPassed = await read().then(
        () => true,
        async (cause) => {
          onTrouble(cause);
          grewStale();
          await new Promise((resolve) => setTimeout(resolve, TRY_AGAIN_MS));
          return false;
        },
      );
    }
  }

  function begin(): Promise<void> {
    underWay = readUntilItPasses().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  /**
   * One reading at a time, so that an older one cannot end last. Who asks while one is under way shares the next with everybody
   * else: the one under way may have looked before what they ask for.
   */
  function reading(): Promise<void> {
    if (next) return next;
    if (!underWay) return begin();
    next = underWay.then(() => {
      next = null;
      return begin();
    });
    return next;
  }

  const refresh = async (): Promise<boolean> => (await within(PATIENCE_MS, reading())) && !isClosed;

  function grewStale(): void {
    if (toldStale || now() - confirmedAt < STALE_AFTER_MS) return;
    toldStale = true;
    flags = compiled(settings);
  }

  async function look(): Promise<void> {
    if (isClosed) return;
    if (underWay) return grewStale(); // it says itself what is wrong with the database
    try {
      if (isNews(await book.revisions())) await refresh();
      else confirmed();
    } catch {
      grewStale(); // whoever reads will say what is wrong with the database
    }
  }

  await read();
  return {
    refresh,
    look,
    async close() {
      isClosed = true;
      await underWay;
      await next;
    },
    decide: (key, subject) => flags.decide(key, subject),
    reaches: (key, tenant) => flags.reaches(key, tenant),
    explain: (key, subject) => flags.explain(key, subject),
    get revision() {
      return flags.revision;
    },
    settings: () => settings,
    tenants: () => tenants,
    overrideOf: (key) => overrides[key] ?? null,
    as: (key, set) => compiled(settings.map((setting) => (setting.key === key ? { ...setting, ...set } : setting))),
  };
}

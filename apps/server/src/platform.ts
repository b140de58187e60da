import { randomBytes, randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Platform, rampToolsOf, rightsEvents } from "@tessera/api";
import type { FlagKey, TenantId } from "@tessera/contracts";
import {
  breakerBook,
  type Database,
  demoDesks,
  flagBook,
  flagSurvey,
  isAnswering,
  isDemo,
  isEmpty,
  openAccounts,
  openGate,
  openJoining,
  openProcesses,
  openTenants,
  outboxWaiting,
  platformSecurity,
  rampBook,
  sealSigner,
  securityDesk,
  seedDemo,
  startRelay,
  watchTasks,
} from "@tessera/db";
import { isAbout, mayBeAbout, type News } from "@tessera/domain/events/bus";
import { inProcessBus } from "@tessera/domain/events/in-process-bus";
import { inProcessGuard } from "@tessera/domain/guard/in-process-guard";
import { takeOne } from "@tessera/domain/limits/limiter";
import { quotasOf } from "@tessera/domain/limits/policies";
import { codeSigning } from "@tessera/domain/qr/code-signing";
import { codeKeys } from "@tessera/domain/qr/keys";
import type { Legibility } from "@tessera/domain/qr/legibility";
import { ringCache } from "@tessera/domain/qr/ring-cache";
import type { Logger } from "pino";
import { addressOf } from "./adapters/address.ts";
import { type Callers, hashOf, openCallers } from "./adapters/callers.ts";
import { openFlagBoard } from "./adapters/flag-board.ts";
import { openLimiter } from "./adapters/limiter.ts";
import { nodeHashing } from "./adapters/node-hashing.ts";
import { openPost } from "./adapters/post.ts";
import { quietly } from "./adapters/quiet.ts";
import { openRedisBus } from "./adapters/redis-bus.ts";
import { openRedisGuard } from "./adapters/redis-guard.ts";
import { openSignIn, type SignIn } from "./adapters/sign-in.ts";
import type { MailRoute, Role } from "./config.ts";
import { type Metrics, openMetrics } from "./metrics/metrics.ts";
import { acceptedOf, type Secrets } from "./secret.ts";
import { exhaustionOf } from "./watch/exhaustion.ts";
import { startFlagWatch } from "./watch/flag-watch.ts";
import { startSecurityWatch } from "./watch/security-watch.ts";
import { trafficMeter } from "./watch/traffic.ts";
import { startWatch } from "./watch/watch.ts";

/** What a deployment is made of, opened. */
export interface Deployment {
  platform: Platform;
  callers: Callers;
  signIn: SignIn;
  /** Whether the demo tenants are here, with accounts anyone may use. */
  isDemo: boolean;
  isReady(): Promise<boolean>;
  metrics: Metrics;
  log: Logger;
  /** @returns Where a request comes from, as far as it can be believed. */
  addressOf(request: IncomingMessage): string;
  /** Whether what came to our proxy in the open is refused. */
  onlyHttps: boolean;
  close(): Promise<void>;
}

export interface DeploymentOptions {
  /** Migrated. Not closed with the deployment. */
  database: Database;
  secrets: Secrets;
  baseUrl: URL;
  redisUrls: readonly string[] | null;
  mail: MailRoute;
  legibility: Legibility;
  /** Whether to add the demo tenants: in any case, only to a database without a tenant, or never (which also hides them). */
  demo: "always" | "when_new" | "never";
  role: Role;
  /** Flags that the environment switches, whatever is set. */
  overrides: Partial<Record<FlagKey, boolean>>;
  /** Whether breakers may trip. */
  breaks: boolean;
  /** What all rate limits are multiplied by; null: there are none. */
  rateLimits: number | null;
  /** How many proxies of ours stand before us. */
  proxyHops: number;
  log: Logger;
}

/** How often other processes' news and an operator's SQL are looked for. */
const LOOK_EVERY_MS = { embedded: 1_000, postgres: 250 };
/** How often flags are looked after: on a server also the longest that their change takes when nothing tells of it. */
const FLAGS_EVERY_MS = { embedded: 5_000, postgres: 1_500 };
/** How often suspicions are written down, and blocked addresses read where no news told of them. */
const SECURITY_EVERY_MS = 1_000;
/** A database that does not answer for this long makes the process not ready. */
const ANSWER_WITHIN_MS = 500;

async function withDemo({ database, demo }: DeploymentOptions, { hashPassword }: SignIn): Promise<boolean> {
  if (demo === "never") return false;
  if (await isDemo(database)) return true;
  if (demo === "when_new" && !(await isEmpty(database))) return false;
  await seedDemo(database, hashPassword);
  return true;
}

/** The composition root: the only place where implementations are chosen. */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const { database, secrets, baseUrl, redisUrls, mail, legibility, log } = options;
  const { role, overrides, breaks, rateLimits, proxyHops } = options;
  const now = () => new Date();
  // What is opened before the relay and before who recognises callers tells them of changes all the same.
  const pokes = { relay: () => {}, callers: () => {} };
  const metrics = openMetrics(() => outboxWaiting(database));
  const limiter =
    rateLimits === null
      ? null
      : openLimiter({
          factor: rateLimits,
          redisUrls,
          onRefused: metrics.rateLimited,
          onTrouble: (cause) => log.warn({ err: cause }, "Redis does not count calls; each process counts for itself"),
        });
  const post = openPost(mail, log);
  const signIn = openSignIn(database, {
    secrets,
    now,
    baseUrl,
    post,
    takesFor: async (limitClass, account) =>
      limiter &&
      takeOne(limiter, quotasOf(limitClass, { account: Buffer.from(hashOf(account)).toString("base64url") })),
    onChange: () => pokes.relay(),
    onEnd: () => pokes.callers(),
    onTrouble: (cause) => log.error({ err: cause }, "a session could not be looked up"),
  });
  await signIn
    .renewSecondFactors()
    .catch((cause) => log.error({ err: cause }, "second factors are still encrypted with a secret from before"));
  const demo = await withDemo(options, signIn);

  const redis =
    redisUrls &&
    openRedisGuard(redisUrls, log, {
      degraded: metrics.lockDegraded,
      contended: metrics.lockContended,
    });
  const processId = randomUUID();
  const processes = openProcesses(database, processId);
  const survey = flagSurvey(database, processId);
  const book = flagBook(database, () => pokes.relay());
  const traffic = trafficMeter(now);
  const flags = await openFlagBoard({
    book,
    overrides,
    now: () => performance.now(),
    onTrouble: (cause) => log.error({ err: cause }, "the flags could not be read; the last known ones hold"),
    onUnreadable(flag) {
      const { key, because } = flag;
      log.error({ key, because }, "this flag is set to nonsense; its last good setting holds");
      void survey.alertUnreadable(flag).catch(() => {}); // it is in the log
    },
    onArrival(revision) {
      traffic.split();
      void survey.arrived(revision).catch(() => {}); // a figure for people, no more
    },
  });
  await processes.start(role, flags.revision);
  const hearing = database.listen("tessera_flags", () => void flags.refresh());
  const rings = ringCache(now);
  const gate = openGate(database, () => pokes.relay());
  const callers = openCallers({ gate, signIn, now: () => performance.now(), today: now });
  pokes.callers = callers.forgetPeople;
  const onPeople = () => {
    callers.forgetPeople(); // whoever asks this process next hears of it, without the way through the journal
    pokes.relay();
  };

  const security = startSecurityWatch(
    {
      desk: securityDesk(database, () => pokes.relay()),
      book: platformSecurity(database, () => pokes.relay()),
      now,
      onRaised(alert) {
        metrics.alertRaised(alert);
        if (alert.severity === "critical") log.error(alert, "somebody seems to mean harm: see Security in the console");
      },
      onTrouble: quietly((cause) => log.error({ err: cause }, "suspicions could not be written down; they are kept")),
    },
    SECURITY_EVERY_MS,
  );
  await security.look();

  /** What this process has to do before anybody in it hears of news: whoever hears of it then asks gets the new answer. */
  function getReadyFor(tenant: TenantId, news: News): Promise<unknown> | null {
    const ready: Promise<unknown>[] = [];
    if (mayBeAbout(news, "key.changed")) rings.forget(tenant);
    if (rightsEvents.some((type) => isAbout(news, type))) callers.forget(tenant);
    if (isAbout(news, "member.joined")) callers.forgetPeople(); // nobody could tell by the tenant whose session it is
    if (mayBeAbout(news, "flag.changed")) ready.push(flags.refresh());
    const isOfBlocks = mayBeAbout(news, "address.blocked") || mayBeAbout(news, "address.unblocked");
    if (isOfBlocks) ready.push(security.post.refresh());
    return ready.length > 0 ? Promise.all(ready) : null;
  }
  const redisBus =
    redisUrls &&
    openRedisBus(redisUrls, {
      onHeard: getReadyFor,
      onNodes: metrics.busNodes,
      onTrouble: quietly((cause) =>
        log.warn({ err: cause }, "Redis does not pass news on; it comes with the journal's head, up to a second later"),
      ),
    });
  const bus = redisBus ?? inProcessBus();
  const relay = startRelay(database, {
    everyMs: LOOK_EVERY_MS[database.kind],
    heard: bus.heard,
    onTrouble: (cause) => log.error({ err: cause }, "the relay could not move news; it tries again"),
    onNews(tenant, news) {
      const ready = getReadyFor(tenant, news);
      if (ready) void ready.then(() => bus.publish(tenant, news));
      else bus.publish(tenant, news);
    },
  });
  pokes.relay = relay.poke;
  const { current, older } = secrets;
  const signing = await codeSigning(current, acceptedOf(secrets, now()));
  const olderKeys = await Promise.all(
    older.map(async ({ secret, until }) => ({ until, keys: await codeKeys(secret, nodeHashing) })),
  );
  const sealer = sealSigner(current);
  const watch = startWatch({
    database,
    metrics,
    signer: sealer,
    now,
    onFinding: (finding) => log.error(finding, "an invariant does not hold"),
    onBrokenJournal: (broken) => log.error(broken, "this journal was tampered with and gets no seal"),
    onTrouble: (cause) => log.error({ err: cause }, "the watch could not look; it tries again"),
  });

  const breakers = breakerBook(database, () => pokes.relay());
  const exhaustion = exhaustionOf(processId, now);
  database.onExhausted(exhaustion.happened);

  const tasks = watchTasks(database);
  const secretSince = await tasks.firstBegun(`secret ${sealer.publicKey}`, now()); // the public key names the secret, and tells nothing of it
  const platform: Platform = {
    openTenant: openTenants(database, { signing, onChange: relay.poke }),
    pairing: gate,
    guests: gate,
    keys: await codeKeys(current, nodeHashing),
    olderKeys: () =>
      olderKeys.length === 0 ? [] : olderKeys.filter(({ until }) => until > now()).map(({ keys }) => keys),
    secretAges: async () => ({
      since: secretSince.toISOString(),
      acceptedUntil: older.filter(({ until }) => until > now()).map(({ until }) => until.toISOString()),
    }),
    signing,
    rings,
    sealKeys: [sealer.publicKey, ...older.map(({ secret }) => sealSigner(secret).publicKey), ...secrets.sealKeys],
    guard: redis ? redis.guard : inProcessGuard(),
    limiter,
    security: security.post,
    legibility,
    bus,
    flags,
    flagBook: book,
    survey,
    ramps: rampBook(database),
    breakers,
    traffic,
    hashOf,
    address: baseUrl.origin,
    post,
    joining: openJoining(database, onPeople),
    accounts: openAccounts(database, onPeople),
    signIn,
    random: (length) => new Uint8Array(randomBytes(length)),
    now,
    scanned: metrics.scanDecided,
    demoDesks: demo ? demoDesks : [],
  };

  const flagWatch = startFlagWatch(
    {
      processes,
      breakers,
      ramps: rampToolsOf(platform),
      traffic,
      tasks,
      exhaustion,
      lookAtFlags: flags.look,
      onBeat: (count) => limiter?.shareAmong(count),
      now,
      breaks,
      onIncident: ({ id, title }) => log.error({ incident: id }, title),
      onRamp: ({ key, state, step, because }) => log.info({ key, state, step, because }, "a ramp moved"),
      onTrouble: (cause) => log.error({ err: cause }, "flags could not be looked after; the next round tries again"),
    },
    FLAGS_EVERY_MS[database.kind],
  );

  return {
    platform,
    callers,
    signIn,
    isDemo: demo,
    isReady: () => isAnswering(database, ANSWER_WITHIN_MS),
    metrics,
    log,
    addressOf: (request) => addressOf(request, proxyHops),
    onlyHttps: baseUrl.protocol === "https:" && proxyHops > 0,
    async close() {
      await post.close();
      await hearing.close();
      await flagWatch.stop();
      await security.stop();
      await watch.stop();
      await relay.stop();
      redisBus?.close();
      redis?.close();
      limiter?.close();
      await flags.close(); // nothing asks for them any more
    },
  };
}

import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { type FlagKey, flagKeys } from "@tessera/contracts";
import { overrideName } from "@tessera/contracts/flags";
import { z } from "zod";
import { overridesIn } from "./adapters/flag-board.ts";
import { type OlderSecret, olderSecretsFrom } from "./secret.ts";
import type { SocketLimits } from "./sockets/limits.ts";

/** The deployment is set up wrong; the message says what to do. */
export class ConfigProblem extends Error {}

export type Role = "api" | "ws" | "all";

/** How letters leave: by a mail server, or, without one, as files in a folder. */
export type MailRoute = { from: string } & ({ kind: "smtp"; url: string } | { kind: "folder"; folder: string });

/** Strings from outside, turned into choices. */
export interface Config {
  port: number;
  /** Where people reach us; null: http on this machine and its network. */
  publicUrl: URL | null;
  storage: { kind: "embedded"; folder: string } | { kind: "postgres"; url: string };
  /** Redlock nodes; null: one process, guard in process. */
  redisUrls: readonly string[] | null;
  /** null: made once and kept beside the embedded data. */
  secret: string | null;
  /** Those it had before, that are still accepted. */
  olderSecrets: readonly OlderSecret[];
  /** Public keys of seals whose secrets have ended. */
  sealKeys: readonly string[];
  /** Give the deployment another secret, say so, and end. */
  rotatesSecret: boolean;
  /** null: nothing was said about the demo. */
  demo: boolean | null;
  /** How many proxies stand before us. */
  proxyHops: number;
  /** Who sends it may read the metrics; null: only programs on this machine. */
  metricsToken: string | null;
  /** What this process answers: calls and pages, sockets, or all of it. Every process relays. */
  role: Role;
  /** What differs from the usual limits of sockets. */
  sockets: Partial<SocketLimits>;
  /** Flags that this environment switches, whatever is set. */
  overrides: Partial<Record<FlagKey, boolean>>;
  /** Whether breakers may trip. */
  breaks: boolean;
  /** What all rate limits are multiplied by; null: there are none. */
  rateLimits: number | null;
  /** Who sends it may change flags over HTTP; null: nobody may. */
  adminToken: string | null;
  mail: MailRoute;
  logLevel: string;
  /** Pages come from their own servers with hot reload. */
  isDev: boolean;
}

const flag = z.stringbool("must be true or false").optional();
/** `FEATURE_QR_CHECKOUT` and so on: one for each flag. */
const overrides = Object.fromEntries(flagKeys.map((key) => [overrideName(key), flag]));
const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: "must look like postgresql://user:password@host:5432/database",
});
const smtpUrl = z.url({ protocol: /^smtps?$/, error: "must look like smtps://user:password@mail.example:465" });
/** `Lend <lend@example.org>`, or the address alone. */
const SENDER = /^(?:[^<>\r\n]{1,100} <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;
const redisUrl = z.url({ protocol: /^rediss?$/, error: "must look like redis://host:6379" });

const NO_PREVIOUS =
  "must look like the secret before, an @ and its end: …@2026-12-31T00:00:00Z, several with commas between";
const NO_FACTOR = "must be off, or what the limits are multiplied by: 1, 2.5";

const Environment = z
  .object({
    PORT: z.coerce
      .number("must be a number")
      .int()
      .min(1, "must be 1 to 65535")
      .max(65_535, "must be 1 to 65535")
      .default(4000),
    PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must look like https://lend.example" }).optional(),
    TESSERA_DATA_DIR: z.string().min(1).default(".tessera/data"),
    TESSERA_DEMO: flag,
    DATABASE_URL: postgresUrl.optional(),
    REDIS_URLS: z
      .string()
      .transform((list) => list.split(",").map((url) => url.trim()))
      .pipe(z.array(redisUrl))
      .refine(
        (urls) => urls.length % 2 === 1 && urls.length <= 5,
        "must name 1, 3 or 5 nodes: an even vote never settles",
      )
      .optional(),
    TESSERA_SECRET: z.string().min(32, "must have 32 characters or more").optional(),
    TESSERA_SECRET_PREVIOUS: z
      .string()
      .transform((text, { addIssue }) => {
        const older = olderSecretsFrom(text);
        if (!older) addIssue({ code: "custom", message: NO_PREVIOUS });
        return older ?? [];
      })
      .optional(),
    TESSERA_SEAL_KEYS: z
      .string()
      .transform((list) => list.split(",").map((key) => key.trim()))
      .pipe(z.array(z.string().regex(/^[0-9a-f]{64}$/, "must be keys of 64 hexadecimal letters, with commas between")))
      .optional(),
    TRUST_PROXY_HOPS: z.coerce.number("must be a number of proxies").int().min(0).max(10).default(0),
    TESSERA_METRICS_TOKEN: z.string().min(16, "must have 16 characters or more").optional(),
    ROLE: z.enum(["api", "ws", "all"], "must be api, ws or all").default("all"),
    TESSERA_SOCKETS: z.coerce.number("must be a number of sockets").int().min(1).optional(),
    TESSERA_SOCKETS_PER_CALLER: z.coerce.number("must be a number of sockets").int().min(1).optional(),
    TESSERA_UPGRADES: z.coerce.number("must be a number of upgrades in a second").int().min(1).optional(),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "silent"]).optional(),
    TESSERA_DEV: flag,
    TESSERA_BREAKER: flag,
    TESSERA_RATE_LIMITS: z
      .string()
      .refine((said) => said === "off" || (Number(said) > 0 && Number.isFinite(Number(said))), NO_FACTOR)
      .default("1"),
    TESSERA_ADMIN_TOKEN: z.string().min(32, "must have 32 characters or more").optional(),
    SMTP_URL: smtpUrl.optional(),
    MAIL_FROM: z.string().regex(SENDER, "must look like Lend <lend@example.org>").optional(),
    ...overrides,
  })
  .refine((env) => !env.SMTP_URL || env.MAIL_FROM, {
    path: ["MAIL_FROM"],
    message: "is needed with SMTP_URL: the address that letters come from",
  })
  .refine((env) => !env.DATABASE_URL || env.TESSERA_SECRET, {
    path: ["TESSERA_SECRET"],
    message: "is needed with DATABASE_URL: set 32 random characters or more, the same for every process",
  })
  .refine((env) => env.DATABASE_URL || env.ROLE === "all", {
    path: ["ROLE"],
    message: "can be api or ws only with DATABASE_URL: the embedded database belongs to one process, which answers all",
  });

/**
 * Reads the deployment's choices. Nothing set means embedded: one process, its own database, no services.
 *
 * @param env The process's environment. A set but empty variable counts as not set.
 * @param argv The arguments after the program's name; they win over the environment.
 * @throws ConfigProblem Names what is wrong and what it should look like.
 */
export function readConfig(env: NodeJS.ProcessEnv, argv: readonly string[]): Config {
  const options = readArguments(argv);
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ""));
  const parsed = Environment.safeParse({
    ...set,
    ...(options.port ? { PORT: options.port } : {}),
    ...(options.data ? { TESSERA_DATA_DIR: options.data } : {}),
  });
  if (!parsed.success) {
    const [problem] = parsed.error.issues;
    const name = problem?.path[0] === "PORT" && options.port ? "--port" : String(problem?.path[0]);
    throw new ConfigProblem(`${name} ${problem?.message}.`);
  }
  const given = parsed.data;

  return {
    port: given.PORT,
    publicUrl: given.PUBLIC_URL ? new URL(given.PUBLIC_URL) : null,
    storage: given.DATABASE_URL
      ? { kind: "postgres", url: given.DATABASE_URL }
      : { kind: "embedded", folder: resolve(given.TESSERA_DATA_DIR) },
    redisUrls: given.REDIS_URLS ?? null,
    secret: given.TESSERA_SECRET ?? null,
    olderSecrets: given.TESSERA_SECRET_PREVIOUS ?? [],
    sealKeys: given.TESSERA_SEAL_KEYS ?? [],
    rotatesSecret: options["rotate-secret"] ?? false,
    demo: options.demo ?? given.TESSERA_DEMO ?? null,
    proxyHops: given.TRUST_PROXY_HOPS,
    metricsToken: given.TESSERA_METRICS_TOKEN ?? null,
    role: given.ROLE,
    sockets: {
      ...(given.TESSERA_SOCKETS ? { sockets: given.TESSERA_SOCKETS } : {}),
      ...(given.TESSERA_SOCKETS_PER_CALLER ? { socketsPerCaller: given.TESSERA_SOCKETS_PER_CALLER } : {}),
      ...(given.TESSERA_UPGRADES
        ? { upgradesPerSecond: given.TESSERA_UPGRADES, upgradesAtOnce: 2 * given.TESSERA_UPGRADES }
        : {}),
    },
    overrides: overridesIn(given),
    breaks: given.TESSERA_BREAKER ?? true,
    rateLimits: given.TESSERA_RATE_LIMITS === "off" ? null : Number(given.TESSERA_RATE_LIMITS),
    adminToken: given.TESSERA_ADMIN_TOKEN ?? null,
    mail: {
      from: given.MAIL_FROM ?? "Tessera <tessera@localhost>",
      ...(given.SMTP_URL
        ? { kind: "smtp" as const, url: given.SMTP_URL }
        : { kind: "folder" as const, folder: join(resolve(given.TESSERA_DATA_DIR), "mail") }),
    },
    logLevel: given.LOG_LEVEL ?? (given.DATABASE_URL ? "info" : "warn"),
    isDev: given.TESSERA_DEV ?? false,
  };
}

/** What `main` starts with. */
export const configFromProcess = (): Config => readConfig(process.env, process.argv.slice(2));

function readArguments(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      allowNegative: true,
      options: {
        port: { type: "string" },
        data: { type: "string" },
        demo: { type: "boolean" },
        "rotate-secret": { type: "boolean" },
      },
    });
    return values;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message.split(".")[0] : String(cause);
    throw new ConfigProblem(`${why}. The options are --port N, --data DIR, --demo, --no-demo and --rotate-secret.`);
  }
}

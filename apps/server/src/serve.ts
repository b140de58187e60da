import { existsSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type Database, lockFolder, loginProblem, migrate, openDatabase, startEmbedded } from "@tessera/db";
import type { Logger } from "pino";
import { legibilityThread } from "./adapters/legibility.ts";
import { createApp } from "./app.ts";
import { type Config, ConfigProblem } from "./config.ts";
import { openDeployment } from "./platform.ts";
import { type Secrets, secretsIn } from "./secret.ts";
import { attachSockets } from "./sockets/sockets.ts";
import { refuseSockets } from "./sockets/upgrade.ts";

/** A server that is up. */
export interface Running {
  port: number;
  isDemo: boolean;
  /** Finishes what is under way, writes everything down, gives port and folder back. */
  stop(): Promise<void>;
}

/** Built: beside this file when this file is built too, else in the last build. */
const LEGIBILITY_WORKER =
  ["./legibility-worker.mjs", "../dist/legibility-worker.mjs"]
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url)) ?? new URL("./legibility-worker.mjs", import.meta.url);

/**
 * Whoever sends half a request and then nothing is not waited for: ten seconds for its head, thirty for all of it. A proxy keeps
 * connections for a minute, so ours last a little longer: it must be the one that closes them.
 */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 65_000,
} as const;

/** How long a stop waits for calls that are under way. */
const DRAIN_MS = 10_000;
const IDLE_MS = 50;
/** Connections that wait to be taken; whoever comes beyond them tries again a second later. Node's own 511 is a small crowd. */
const MOST_AT_THE_DOOR = 4_096;

/**
 * Starts everything on one port. The port is taken first and answers 503 until all is ready.
 *
 * @param config The deployment's choices. Port 0 takes any free one.
 * @param log Where it tells what people running it should know.
 * @throws ConfigProblem Or FolderInUse: the message says what to do, and nothing was damaged.
 */
export async function serve(config: Config, log: Logger): Promise<Running> {
  const opened: Array<() => Promise<void> | void> = [];
  const stop = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };

  try {
    const door = await openDoor(config.port);
    opened.push(() => closeDoor(door.server));
    const { database, secrets } = await openStorage(config, opened);
    const legibility = legibilityThread(LEGIBILITY_WORKER);
    opened.push(legibility.stop);

    const baseUrl = config.publicUrl ?? new URL(`http://localhost:${door.port}`);
    const { redisUrls, mail } = config;
    const demo = demoWish(config);
    const { role, isDev, overrides, breaks, rateLimits, proxyHops } = config;
    const choices = { demo, role, overrides, breaks, rateLimits, proxyHops };
    const deployment = await openDeployment({
      database,
      secrets,
      baseUrl,
      redisUrls,
      mail,
      legibility,
      log,
      ...choices,
    });
    opened.push(deployment.close);

    const { metricsToken, adminToken } = config;
    let isStopping = false;
    const isReady = async () => !isStopping && (await deployment.isReady());
    const open = { ...deployment, isReady };
    door.answerWith(createApp(open, { baseUrl, proxyHops, metricsToken, adminToken, servesPages: !isDev, role }));
    opened.push(() => closeDoor(door.server)); // calls under way are answered before what they need is closed
    if (role === "api") refuseSockets(door.server, deployment.onlyHttps);
    else opened.push(attachSockets(door.server, deployment, config.sockets));
    opened.push(() => {
      isStopping = true; // whoever shares the load out sends nobody here from now on
    });
    return { port: door.port, isDemo: deployment.isDemo, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Said, or else: a new embedded database gets the demo, a server's never does by itself. */
function demoWish({ demo, storage }: Config): "always" | "when_new" | "never" {
  if (demo !== null) return demo ? "always" : "never";
  return storage.kind === "embedded" ? "when_new" : "never";
}

interface Storage {
  database: Database;
  secrets: Secrets;
}

async function openStorage(config: Config, opened: Array<() => Promise<void> | void>): Promise<Storage> {
  const { storage, secret, olderSecrets: older, sealKeys } = config;
  const given = secret ? { current: secret, older, sealKeys } : null;
  if (storage.kind === "postgres") {
    await refuseUnsafeLogin(storage.url);
    await migrate(storage.url);
    const database = openDatabase("postgres", storage.url);
    opened.push(database.close);
    if (!given) throw new ConfigProblem("TESSERA_SECRET is needed with DATABASE_URL.");
    return { database, secrets: given };
  }

  opened.push(takeFolder(storage.folder));
  const embedded = await startEmbedded(`${storage.folder}/database`);
  opened.push(embedded.stop);
  await migrate(embedded.url);
  const database = openDatabase("embedded", embedded.url);
  opened.push(database.close);
  return { database, secrets: given ?? secretsIn(storage.folder) };
}

async function refuseUnsafeLogin(url: string): Promise<void> {
  const problem = await loginProblem(url).catch((cause) => {
    const why = cause instanceof Error && cause.message ? cause.message : String(cause?.code ?? cause);
    throw new ConfigProblem(
      `The database of DATABASE_URL cannot be used: ${why}. Check host, port, name, user and password.`,
    );
  });
  if (!problem) return;
  const what = problem.is === "superuser" ? "is a superuser" : "has BYPASSRLS";
  throw new ConfigProblem(
    `The database role "${problem.user}" ${what}, so tenants would not be kept apart. Use an ordinary role that owns the database: CREATE ROLE tessera LOGIN CREATEROLE PASSWORD '…'; CREATE DATABASE tessera OWNER tessera.`,
  );
}

function takeFolder(folder: string): () => void {
  try {
    return lockFolder(folder);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : "";
    if (code !== "EACCES" && code !== "EROFS" && code !== "EPERM" && code !== "ENOTDIR") throw error;
    throw new ConfigProblem(
      `The data folder ${folder} cannot be written. Give this user the right to, or choose another with --data.`,
    );
  }
}

/** The port, open from the first moment; what answers is put in when it is ready. */
async function openDoor(wanted: number) {
  let answer: RequestListener = (_request, response) => {
    response.writeHead(503, { "retry-after": "1", "content-type": "application/json" }).end('{"ready":false}');
  };
  const server = createServer(PATIENCE, (request, response) => answer(request, response));
  server.maxHeadersCount = 64;

  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(portProblem(error, wanted)));
    server.listen(wanted, MOST_AT_THE_DOOR, resolve);
  });
  return {
    server,
    port: (server.address() as AddressInfo).port,
    answerWith(listener: RequestListener) {
      answer = listener;
    },
  };
}

function portProblem(error: Error, port: number): Error {
  const code = "code" in error ? error.code : "";
  if (code === "EADDRINUSE")
    return new ConfigProblem(`Port ${port} is taken by another program. Stop it, or choose another with --port.`);
  if (code === "EACCES")
    return new ConfigProblem(`Port ${port} may not be used by this user. Choose one above 1023 with --port.`);
  return error;
}

async function closeDoor(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  // A connection that is busy now is idle when it has its answer; nobody waits for its keep-alive to end.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_MS);
  const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
  server.closeIdleConnections();
  await closed;
  clearInterval(idle);
  clearTimeout(late);
}

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoDesks } from "@tessera/db";
import { type connect, createTessera, type Tessera } from "@tessera/sdk/node";
import { type Logger, pino } from "pino";
import { WebSocket } from "ws";
import { type Config, readConfig } from "../../src/config.ts";
import { serve } from "../../src/serve.ts";
import type { SocketLimits } from "../../src/sockets/limits.ts";

type DemoTenant = "Tool library" | "Harbour hotel";

/** A server with the demo, on a port of its own. */
export interface RunningServer {
  url: string;
  /** A member or staff of the demo, signed in as a browser would be. */
  signedIn(email: string): Promise<Tessera>;
  /** What such a browser sends with each request. */
  cookieOf(email: string): Promise<string>;
  /** Ends the session of such a browser. */
  signOut(cookie: string): Promise<void>;
  /** A kiosk of the demo, paired now. */
  desk(tenant?: DemoTenant): Promise<Tessera>;
  /** What such a kiosk sends with each request. */
  deskToken(tenant?: DemoTenant): Promise<string>;
  /** The kiosk with this token. */
  deskOf(token: string): Tessera;
  /** The same with nobody signed in. */
  stranger(): Tessera;
  stop(): Promise<void>;
}

/**
 * @param sockets What differs from the usual limits of sockets.
 * @param settings Of its environment.
 * @param log Where it logs to.
 * @returns A server on an embedded database of its own.
 */
export async function runningServer(
  sockets: Partial<SocketLimits> = {},
  settings: Record<string, string> = {},
  log: Logger = pino({ level: "error" }),
): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "tessera-test-"));
  const running = await serverOf(
    readConfig({ TESSERA_RATE_LIMITS: "off", ...settings, TESSERA_DATA_DIR: folder }, []),
    sockets,
    log,
  );
  return {
    ...running,
    async stop() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** @returns A server as the config says, whatever its port. */
export async function serverOf(
  config: Config,
  sockets: Partial<SocketLimits> = {},
  log: Logger = pino({ level: "error" }),
): Promise<RunningServer> {
  const limits = { drainMs: 0, ...config.sockets, ...sockets };
  const running = await serve({ ...config, port: 0, sockets: limits }, log);
  const url = `http://localhost:${running.port}`;
  const clients: Tessera[] = [];
  const kept = (client: Tessera) => {
    clients.push(client);
    return client;
  };
  const deskToken = async (tenant: DemoTenant = "Tool library") => {
    const { pairingCode = "" } = demoDesks.find((desk) => desk.tenant === tenant) ?? {};
    const paired = await kept(createTessera({ url })).api.device.pair.mutate({ pairingCode });
    if (paired.kind !== "paired") throw new Error("the demo desk could not be paired");
    return paired.token;
  };

  return {
    url,
    deskToken,
    cookieOf: (email) => signIn(url, email),
    async signOut(cookie) {
      await askedOf(url, "sign-out", {}, { cookie });
    },
    async signedIn(email) {
      const cookie = await signIn(url, email);
      class SocketWithCookie extends WebSocket {
        constructor(address: string) {
          super(address, { headers: { cookie } });
        }
      }
      const asBrowser = SocketWithCookie as unknown as NonNullable<Parameters<typeof connect>[0]["WebSocket"]>;
      return kept(createTessera({ url, headers: () => ({ cookie }), WebSocket: asBrowser }));
    },
    deskOf: (token) => kept(createTessera({ url, token })),
    desk: async (tenant) => kept(createTessera({ url, token: await deskToken(tenant) })),
    stranger: () => kept(createTessera({ url })),
    async stop() {
      await Promise.all(clients.map((client) => client.close()));
      await running.stop();
    },
  };
}

async function signIn(url: string, email: string): Promise<string> {
  const answer = await askedOf(url, "sign-in/email", { email, password: "tessera-demo" });
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

async function askedOf(url: string, what: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(`${url}/api/auth/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url, ...headers },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${what} answered ${answer.status}: ${await answer.text()}`);
  return answer;
}

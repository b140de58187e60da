import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { demoDesks } from "@tessera/db";
import { type connect, createTessera, type Tessera } from "@tessera/sdk/node";
import { pino } from "pino";
import { WebSocket } from "ws";
import { readConfig } from "../../src/config.ts";
import { serve } from "../../src/serve.ts";
import type { SocketLimits } from "../../src/sockets/limits.ts";

type DemoTenant = "Tool library" | "Harbour hotel";

/** A server with the demo on the embedded database, on a port of its own. */
export interface RunningServer {
  url: string;
  /** A member or staff of the demo, signed in as a browser would be. */
  signedIn(email: string): Promise<Tessera>;
  /** What such a browser sends with each request. */
  cookieOf(email: string): Promise<string>;
  /** A kiosk of the demo, paired now. */
  desk(tenant?: DemoTenant): Promise<Tessera>;
  /** What such a kiosk sends with each request. */
  deskToken(tenant?: DemoTenant): Promise<string>;
  /** The same with nobody signed in. */
  stranger(): Tessera;
  stop(): Promise<void>;
}

/** @param sockets What differs from the usual limits of sockets. */
export async function runningServer(sockets: Partial<SocketLimits> = {}): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "tessera-test-"));
  const config = { ...readConfig({ TESSERA_DATA_DIR: folder }, []), port: 0, sockets: { drainMs: 0, ...sockets } };
  const running = await serve(config, pino({ level: "error" }));
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
    desk: async (tenant) => kept(createTessera({ url, token: await deskToken(tenant) })),
    stranger: () => kept(createTessera({ url })),
    async stop() {
      await Promise.all(clients.map((client) => client.close()));
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function signIn(url: string, email: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: url },
    body: JSON.stringify({ email, password: "tessera-demo" }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

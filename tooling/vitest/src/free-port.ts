import { once } from "node:events";
import { createServer } from "node:net";

/** @returns A port of this machine that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === "string") throw new Error("The system named no free port.");
  return address.port;
}

import { createTessera, type Tessera } from "@tessera/sdk/node";
import { demoPeople } from "../demo-people.ts";
import type { ApiNode } from "./api-node.ts";
import type { World } from "./world.ts";

/** One tenant of the demo, as its desk and its staff reach it through each API process. */
export interface RaceTenant {
  id: string;
  /** Who holds the race's codes. */
  holderId: string;
  /** What the desk says to be known. */
  deskToken: string;
  /** Clients of the desk, one per API process. */
  desks: readonly Tessera[];
  /** Clients of staff, one per API process. */
  staff: readonly Tessera[];
  close(): Promise<void>;
}

const WHO = [
  { slug: "tool-library", email: "staff@library.example", pairingCode: "DEMOTOOL" },
  { slug: "harbour-hotel", email: "staff@hotel.example", pairingCode: "DEMOHOTL" },
];

/** Signs staff in and pairs a desk, once per tenant: every process knows them. */
export function raceTenants(nodes: readonly ApiNode[], ask: World["ask"]): Promise<RaceTenant[]> {
  const [first] = nodes;
  if (!first) throw new RangeError("a race needs an API process");
  return Promise.all(
    WHO.map(async ({ slug, email, pairingCode }) => {
      const { deskToken, cookie, member } = await demoPeople(first.url, email, pairingCode);
      await member.close();
      const [found] = await ask<{ id: string; holder: string }>(
        `SELECT t.id, m.id AS holder FROM tenants t JOIN members m ON m.tenant_id = t.id AND m.role = 'member'
          WHERE t.slug = $1 ORDER BY m.name LIMIT 1`,
        [slug],
      );
      if (!found) throw new Error(`the demo has no tenant ${slug}`);
      const desks = nodes.map(({ url }) => createTessera({ url, token: deskToken }));
      const staff = nodes.map(({ url }) => createTessera({ url, headers: () => ({ cookie }) }));
      const close = async () => void (await Promise.all([...desks, ...staff].map((client) => client.close())));
      return { id: found.id, holderId: found.holder, deskToken, desks, staff, close };
    }),
  );
}

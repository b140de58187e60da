import { randomUUID } from "node:crypto";
import type { DemoDesk, Role, TenantId } from "@tessera/contracts";
import { type Database, inRole } from "../database.ts";
import { type Builders, buildersIn, type InRole, type ResourceSeed } from "./builders.ts";
import { demoPlaces } from "./demo-places.ts";

const DAY = 60 * 24;

/** Public on purpose: it opens the demo tenants and nothing else. */
const DEMO_PASSWORD = "tessera-demo";

const library: { name: string; slug: string; resources: ResourceSeed[] } = {
  name: "Tool library",
  slug: "tool-library",
  resources: [
    {
      name: "Cordless drill",
      kind: "tool",
      place: "Shelf 1",
      description: "18 V, two batteries and a charger in the case.",
    },
    {
      name: "Circular saw",
      kind: "tool",
      place: "Shelf 1",
      description: "190 mm blade. Ear protection is in the bag.",
    },
    { name: "Orbital sander", kind: "tool", place: "Shelf 2", description: "With a box of 120 grit discs." },
    { name: "Spirit level, 120 cm", kind: "tool", place: "Shelf 2", description: "Aluminium, with magnets." },
    { name: "Tile cutter", kind: "tool", place: "Shelf 3", description: "Cuts up to 600 mm." },
    {
      name: "Hedge trimmer",
      kind: "garden",
      place: "Shed",
      description: "Electric, with a 20 m cable.",
      loanMinutes: 3 * DAY,
    },
    {
      name: "Wheelbarrow",
      kind: "garden",
      place: "Shed",
      description: "80 litres. Pump the tyre first.",
      loanMinutes: 3 * DAY,
    },
    {
      name: "Pressure washer",
      kind: "garden",
      place: "Shed",
      description: "140 bar, with the patio head.",
      loanMinutes: 2 * DAY,
    },
    {
      name: "Cargo bike",
      kind: "bike",
      place: "Courtyard",
      description: "Carries 100 kg. Helmet size M in the box.",
      loanMinutes: DAY,
    },
    {
      name: "Mirrorless camera",
      kind: "camera",
      place: "Cabinet",
      description: "35 mm lens, two cards, one strap.",
      loanMinutes: 3 * DAY,
    },
    { name: "Pasta machine", kind: "kitchen", place: "Shelf 4", description: "Clean it dry, never with water." },
    {
      name: "Workshop room",
      kind: "room",
      place: "Ground floor",
      description: "Two benches, vice, good light.",
      loanMinutes: 240,
    },
  ],
};

const hotel: typeof library = {
  name: "Harbour hotel",
  slug: "harbour-hotel",
  resources: [
    {
      name: "City bike 1",
      kind: "bike",
      place: "Reception",
      description: "With a lock and a basket.",
      loanMinutes: 480,
    },
    {
      name: "City bike 2",
      kind: "bike",
      place: "Reception",
      description: "With a lock and a child seat.",
      loanMinutes: 480,
    },
    {
      name: "Bathrobe, size L",
      kind: "towel",
      place: "Spa",
      description: "Warm from the cabinet.",
      loanMinutes: 3 * DAY,
    },
    {
      name: "Sauna, private hour",
      kind: "spa",
      place: "Spa",
      description: "Finnish, up to four people.",
      loanMinutes: 60,
    },
    {
      name: "Meeting room Pier",
      kind: "room",
      place: "1st floor",
      description: "Eight seats, screen, coffee.",
      loanMinutes: 240,
    },
    {
      name: "Paddle board",
      kind: "sport",
      place: "Boat house",
      description: "With paddle, leash and vest.",
      loanMinutes: 180,
    },
  ],
};

/** A demo account, as the sign-in page and the terminal show it. */
export interface DemoAccount {
  email: string;
  password: string;
  name: string;
  role: Role;
  tenant: string;
}

const account = (tenant: string, email: string, name: string, role: Role): DemoAccount => {
  return { email, password: DEMO_PASSWORD, name, role, tenant };
};

/** Who can sign in to the demo. */
export const demoAccounts: readonly DemoAccount[] = [
  account(library.name, "member@library.example", "Library member", "member"),
  account(library.name, "second@library.example", "Second member", "member"),
  account(library.name, "staff@library.example", "Library staff", "staff"),
  account(library.name, "admin@library.example", "Library admin", "admin"),
  account(library.name, "operator@library.example", "Platform operator", "operator"),
  account(hotel.name, "guest@hotel.example", "Hotel guest", "member"),
  account(hotel.name, "staff@hotel.example", "Hotel staff", "staff"),
];

/** The desks a kiosk can be in the demo, with the pairing codes that open them. */
export const demoDesks: readonly DemoDesk[] = [
  { pairingCode: "DEMOTOOL", name: "Front desk", tenant: library.name },
  { pairingCode: "DEMOHOTL", name: "Reception", tenant: hotel.name },
];

/** @returns Whether no tenant was ever made in this database. */
export function isEmpty(database: Database): Promise<boolean> {
  return inRole(database, "tessera_gate", async (tx) => (await tx.tenant.count()) === 0);
}

/** @returns Whether the demo tenants are in this database. */
export function isDemo(database: Database): Promise<boolean> {
  const slugs = [library.slug, hotel.slug];
  return inRole(
    database,
    "tessera_gate",
    async (tx) => (await tx.tenant.count({ where: { slug: { in: slugs } } })) === slugs.length,
  );
}

/** The longest the whole demo may take to be written, on a slow disk. */
const SEED_MS = 60_000;

/**
 * Makes the two demo tenants with their people, things and desks: all of it, or nothing.
 *
 * @param database Migrated and empty.
 * @param hashPassword As the sign-in library does it.
 */
export async function seedDemo(database: Database, hashPassword: (password: string) => Promise<string>): Promise<void> {
  const passwordHash = await hashPassword(DEMO_PASSWORD);
  await database.prisma.$transaction(
    async (tx) => {
      const inTurn: InRole = async (role, work) => {
        await tx.$executeRaw`SELECT set_config('role', ${role}, true)`;
        return work(tx);
      };
      await build(buildersIn(inTurn), passwordHash);
    },
    { maxWait: SEED_MS, timeout: SEED_MS },
  );
}

async function build(make: Builders, passwordHash: string): Promise<void> {
  for (const place of [library, hotel]) {
    const template = place === library ? "tool_library" : "hotel";
    const tenant = await make.tenant({ slug: place.slug, name: place.name, template });
    for (const resource of place.resources) await make.resource(tenant, resource);
    for (const desk of demoDesks.filter((one) => one.tenant === place.name)) {
      await make.invitation(tenant, { pairingCode: desk.pairingCode, name: desk.name, reusable: true });
    }
    for (const { email, name, role } of demoAccounts.filter((one) => one.tenant === place.name)) {
      const userId = randomUUID();
      await make.person({ id: userId, name, email, passwordHash });
      await make.member(tenant, { name, role, userId });
    }
    if (place === hotel) await openPortal(make, tenant);
  }
}

/** The hotel's guests may ask for things; the library's have nothing to ask for. */
async function openPortal(make: Builders, tenant: TenantId): Promise<void> {
  for (const place of demoPlaces) await make.place(tenant, place);
  await make.portalFor(tenant);
}

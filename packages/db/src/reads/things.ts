import type { ResourceId, ResourceKind, Thing, ThingQuery } from "@tessera/contracts";
import { pageEnd, pageMark, type Things } from "@tessera/domain/lending/things";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import { Prisma } from "../generated/prisma/client.ts";
import type { InTenant } from "../tenant.ts";

const PAGE = 50;
const MOST_PLACES = 200;

const THINGS = Prisma.sql`FROM resources r LEFT JOIN checkouts c
  ON c.tenant_id = r.tenant_id AND c.resource_id = r.id AND c.returned_at IS NULL`;
const SHOWN = Prisma.sql`SELECT r.id, r.name, r.description, r.kind, r.place, r.loan_minutes, r.version, r.retired_at,
  c.id IS NOT NULL AS is_out, c.due_at`;

/** @returns The things of one tenant as the shelf's own people read them. */
export function thingsIn(scope: TenantScope, tenant: InTenant): Pick<Things, "page" | "places" | "inUse"> {
  return {
    page: (query) => {
      const { after, limit = PAGE } = query;
      const asked = askedFor(scope, query);
      const end = after === undefined ? null : pageEnd(after);
      const beyond = end ? Prisma.sql`AND (r.name, r.id) > (${end.name}, ${end.id}::uuid)` : Prisma.empty;
      return tenant(async (tx) => {
        const [{ count }] = await tx.$queryRaw<[{ count: number }]>`SELECT count(*)::int AS count ${THINGS} ${asked}`;
        const rows = await tx.$queryRaw<ThingRow[]>`${SHOWN} ${THINGS} ${asked} ${beyond}
          ORDER BY r.name, r.id LIMIT ${limit + 1}`;
        const things = rows.slice(0, limit).map(thingOf);
        const last = things.at(-1);
        return { things, count, next: rows.length > limit && last ? pageMark(last) : null };
      });
    },

    places: () =>
      tenant(async (tx) => {
        const rows = await tx.resource.findMany({
          where: { tenantId: scope, retiredAt: null, place: { not: "" } },
          distinct: ["place"],
          select: { place: true },
          orderBy: { place: "asc" },
          take: MOST_PLACES,
        });
        return rows.map(({ place }) => place);
      }),

    inUse: () =>
      tenant(async (tx) => {
        const rows = await tx.$queryRaw<ThingRow[]>`${SHOWN} ${THINGS} ${askedFor(scope, {})} ORDER BY r.name, r.id`;
        return rows.map(thingOf);
      }),
  };
}

/** Words are looked for as they are: no letter of theirs means anything to the database. */
function askedFor(scope: TenantScope, { text = "", kind, place, state }: ThingQuery): Prisma.Sql {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const haystack = Prisma.sql`lower(concat_ws(' ', r.name, r.place, r.description))`;
  const asked = [
    Prisma.sql`WHERE r.tenant_id = ${scope}::uuid`,
    state === "retired" ? Prisma.sql`r.retired_at IS NOT NULL` : Prisma.sql`r.retired_at IS NULL`,
    ...(state === "free" ? [Prisma.sql`c.id IS NULL`] : []),
    ...(state === "out" ? [Prisma.sql`c.id IS NOT NULL`] : []),
    ...(kind ? [Prisma.sql`r.kind = ${kind}`] : []),
    ...(place === undefined ? [] : [Prisma.sql`r.place = ${place}`]),
    ...words.map((word) => Prisma.sql`strpos(${haystack}, ${word}) > 0`),
  ];
  return Prisma.join(asked, " AND ");
}

interface ThingRow {
  id: string;
  name: string;
  description: string;
  kind: string;
  place: string;
  loan_minutes: number;
  version: bigint;
  retired_at: Date | null;
  is_out: boolean;
  due_at: Date | null;
}

const thingOf = (row: ThingRow): Thing => ({
  id: row.id as ResourceId,
  name: row.name,
  description: row.description,
  kind: row.kind as ResourceKind,
  place: row.place,
  loanMinutes: row.loan_minutes,
  retiredAt: row.retired_at?.toISOString() ?? null,
  availability: {
    resourceId: row.id as ResourceId,
    state: row.is_out ? "out" : "free",
    dueAt: row.due_at?.toISOString() ?? null,
    version: Number(row.version),
  },
});

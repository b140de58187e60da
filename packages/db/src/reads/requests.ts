import type {
  OpeningHours,
  RequestBoard,
  RequestKind,
  RequestKindId,
  RequestOption,
  WaitingTime,
} from "@tessera/contracts";
import { openStates } from "@tessera/contracts";
import { openState } from "@tessera/domain/guests/opening-hours";
import { requestTemplate } from "@tessera/domain/guests/request-templates";
import type { Requests } from "@tessera/domain/guests/requests";
import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Tx } from "../database.ts";
import { ASKING, requestOf, SHOWN_REQUEST } from "../stores/request-rows.ts";
import type { InTenant } from "../tenant.ts";
import { waitingTimes } from "./waiting-times.ts";

const DAY_MS = 24 * 3_600_000;
const MOST_OPEN = 500;
const MOST_SETTLED = 100;
const MOST_OWN = 200;

/** @returns What is read of one tenant's requests. */
export function requestReadsOf(scope: TenantScope, tenant: InTenant): Pick<Requests, "kinds" | "mine" | "board"> {
  return {
    kinds: (at) =>
      tenant(async (tx) => {
        const { timeZone, template } = await tx.tenant.findUniqueOrThrow({
          where: { id: scope },
          select: { timeZone: true, template: true },
        });
        const kinds = await catalogue(tx, scope, template);
        const waits = await waitingTimes(tx, scope, { at, timeZone });
        return kinds.map((kind) => kindOf(kind, { at, timeZone, wait: waits.get(kind.id) ?? null }));
      }),

    mine: ({ guestId, visitId }, at) =>
      tenant(async (tx) => {
        const me = await tx.guestSession.findFirst({ where: { tenantId: scope, id: guestId } });
        const asked = { act: { in: [...ASKING] } };
        const own = { steps: { some: { ...asked, guestId } } };
        const shared = { steps: { some: { ...asked, guest: { shares: true } } } };
        const rows = await tx.request.findMany({
          where: { tenantId: scope, visitId, OR: me?.shares ? [own, shared] : [own] },
          orderBy: { madeAt: "desc" },
          take: MOST_OWN,
          include: SHOWN_REQUEST,
        });
        return rows.map((row) => requestOf(row, guestId, at));
      }),

    board: (at) =>
      tenant(async (tx): Promise<RequestBoard> => {
        const isOpen = {
          OR: [
            { state: { in: openStates.filter((state) => state !== "received") } },
            { state: "received", expiresAt: { gt: at } },
          ],
        };
        const open = await tx.request.findMany({
          where: { tenantId: scope, ...isOpen },
          orderBy: [{ madeAt: "asc" }, { id: "asc" }],
          take: MOST_OPEN,
          include: SHOWN_REQUEST,
        });
        const settled = await tx.request.findMany({
          where: { tenantId: scope, madeAt: { gt: new Date(at.getTime() - DAY_MS) }, NOT: isOpen },
          orderBy: [{ madeAt: "desc" }, { id: "asc" }],
          take: MOST_SETTLED,
          include: SHOWN_REQUEST,
        });
        const shown = (rows: typeof open) => rows.map((row) => requestOf(row, null, at));
        return { open: shown(open), settled: shown(settled), ...(await figures(tx, scope, at)) };
      }),
  };
}

/** The tenant's own; one that has none gets the ready one of its kind. */
async function catalogue(tx: Tx, scope: TenantScope, template: string) {
  const find = () => tx.requestKind.findMany({ where: { tenantId: scope }, orderBy: { position: "asc" } });
  const known = await find();
  if (known.length > 0) return known;
  const kinds = requestTemplate(template).map(({ options = [], hours, ...kind }, position) => ({
    tenantId: scope,
    position,
    ...kind,
    options: options.map((one) => ({ ...one })),
    ...(hours ? { hours: hours.map((span) => ({ ...span })) } : {}),
  }));
  await tx.requestKind.createMany({ data: kinds, skipDuplicates: true });
  return find();
}

interface KindRow {
  id: string;
  name: string;
  picture: string;
  hint: string;
  options: unknown;
  maxQuantity: number;
  takesNote: boolean;
  hours: unknown;
}

function kindOf(
  row: KindRow,
  { at, timeZone, wait }: { at: Date; timeZone: string; wait: WaitingTime | null },
): RequestKind {
  const { id, name, picture, hint, options, maxQuantity, takesNote, hours } = row;
  const state = openState(hours as OpeningHours | null, at, timeZone);
  return {
    id: id as RequestKindId,
    name,
    picture,
    hint,
    options: options as RequestOption[],
    maxQuantity,
    takesNote,
    isOpen: state.isOpen,
    opensAt: state.isOpen ? null : (state.opensAt?.toISOString() ?? null),
    wait,
  };
}

/** How soon somebody answered in the last week, and what guests thought of it in the last four. */
async function figures(tx: Tx, scope: TenantScope, at: Date): Promise<Pick<RequestBoard, "response" | "rating">> {
  const [row] = await tx.$queryRaw<{ seconds: number | null; accepted: number; stars: number | null; rated: number }[]>`
    SELECT avg(extract(epoch FROM accepted_at - made_at)) FILTER (WHERE made_at > ${at}::timestamptz - interval '7 days')::float8 AS seconds,
           (count(accepted_at) FILTER (WHERE made_at > ${at}::timestamptz - interval '7 days'))::int AS accepted,
           avg(stars)::float8 AS stars, count(stars)::int AS rated
      FROM requests WHERE tenant_id = ${scope}::uuid AND made_at > ${at}::timestamptz - interval '28 days'`;
  return {
    response: row?.seconds == null ? null : { averageSeconds: Math.round(row.seconds), of: row.accepted },
    rating: row?.stars == null ? null : { average: Math.round(row.stars * 10) / 10, of: row.rated },
  };
}

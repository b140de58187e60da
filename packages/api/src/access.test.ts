import type { GuestId, PlaceId, TenantId, VisitId } from "@tessera/contracts";
import { describe, expect, it } from "vitest";
import { type AccessRow, accessRules, accessTable, type CallerKind, callerKinds, isFor } from "./access.ts";
import type { Incoming } from "./context.ts";
import { calls, callsOf, contextOf } from "./index.ts";
import type { Caller } from "./platform.ts";
import { appRouter } from "./router.ts";
import { procedure, router } from "./trpc.ts";

describe("who may call what", () => {
  it("is written down for everybody to read, and stays true", async () => {
    await expect(page(accessTable(appRouter))).toMatchFileSnapshot("../../../docs/access.md");
  });

  it("is said by every procedure", () => {
    expect(unsaid(accessTable(appRouter))).toEqual([]);
  });

  it("is missed by that check in a procedure that does not say it, and that nobody may call", async () => {
    const forgotten = router({ open: procedure.query(() => "the inside") });
    expect(unsaid(accessTable(forgotten))).toEqual(["open"]);

    const incoming = { recognise: async () => null } as unknown as Incoming;
    const answer = await callsOf(forgotten)
      .get("open")
      ?.answer(contextOf(incoming), () => undefined);
    expect(answer).toMatchObject({ ok: false, httpStatus: 403, shape: { message: /does not say who/ } });
  });

  it.each(accessTable(appRouter).filter((row) => !isFor(row, "guest")))(
    "$path is closed to guests",
    async ({ path }) => {
      const tenant = { id: "hotel" as TenantId, name: "Hotel" };
      const ids = { guestId: "guest" as GuestId, placeId: "room 12" as PlaceId, visitId: "visit" as VisitId };
      const guest: Caller = { kind: "guest", name: "Guest", ...ids, tenant };
      const off = () => ({ value: false });
      const security = { blockedBy: () => null };
      const platform = { flags: { decide: off, reaches: off }, traffic: { called: () => {} }, security };
      const incoming = { platform, recognise: async () => guest } as unknown as Incoming;
      const answer = await calls.get(path)?.answer(contextOf(incoming), () => undefined);
      expect(answer).toMatchObject({ ok: false, httpStatus: 403, shape: { message: "This is not for guests." } });
    },
  );
});

const unsaid = (rows: readonly AccessRow[]) => rows.filter(({ access }) => access === null).map(({ path }) => path);

/** The table as people read it. */
function page(rows: readonly AccessRow[]): string {
  const cell = (row: AccessRow, kind: CallerKind) => {
    if (!isFor(row, kind)) return "–";
    const scope = kind === "desk" ? row.desk : kind === "key" ? row.key : null;
    return scope ? `\`${scope}\`` : "yes";
  };
  const mark = (row: AccessRow) => callerKinds.map((kind) => cell(row, kind)).join(" | ");
  const lines = rows.map((row) => `| \`${row.path}\` | ${row.type} | ${row.access ?? "nobody"} | ${mark(row)} |`);
  return `# Who may call what

Made from the router by \`npm test -- --project unit packages/api/src/access.test.ts -u\`; the test fails while this page
and the router differ, so a change of rights is seen in a review. \`apps/server/test/access.test.ts\` calls each procedure
as each of these, and as a stranger to the tenant. A procedure that names no rule can be called by nobody. Where a desk or a
key has a word in place of "yes", it must have been given this scope; a locked desk may do none of these.

Rules: ${Object.entries(accessRules)
    .map(([name, kinds]) => `**${name}** (${kinds.join(", ")})`)
    .join(" · ")}.

| Procedure | Kind | Rule | ${callerKinds.join(" | ")} |
|---|---|---|${callerKinds.map(() => "---").join("|")}|
${lines.join("\n")}
`;
}

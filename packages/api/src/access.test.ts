import { describe, expect, it } from "vitest";
import { type AccessRow, accessRules, accessTable, admits, callerKinds } from "./access.ts";
import type { Incoming } from "./context.ts";
import { callsOf, contextOf } from "./index.ts";
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
});

const unsaid = (rows: readonly AccessRow[]) => rows.filter(({ access }) => access === null).map(({ path }) => path);

/** The table as people read it. */
function page(rows: readonly AccessRow[]): string {
  const mark = (row: AccessRow) =>
    callerKinds.map((kind) => (row.access && admits(row.access, kind) ? "yes" : "–")).join(" | ");
  const lines = rows.map((row) => `| \`${row.path}\` | ${row.type} | ${row.access ?? "nobody"} | ${mark(row)} |`);
  return `# Who may call what

Made from the router by \`npm test -- --project unit packages/api/src/access.test.ts -u\`; the test fails while this page
and the router differ, so a change of rights is seen in a review. \`apps/server/test/access.test.ts\` calls each procedure
as each of these, and as a stranger to the tenant. A procedure that names no rule can be called by nobody.

Rules: ${Object.entries(accessRules)
    .map(([name, kinds]) => `**${name}** (${kinds.join(", ")})`)
    .join(" · ")}.

| Procedure | Kind | Rule | ${callerKinds.join(" | ")} |
|---|---|---|${callerKinds.map(() => "---").join("|")}|
${lines.join("\n")}
`;
}

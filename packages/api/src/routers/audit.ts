import { AuditPage, AuditQuery, AuditVerdict, ExportPage, ExportQuery } from "@tessera/contracts";
import { exportPage, verifyJournal } from "@tessera/domain/journal/audit-log";
import { adminProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

export const audit = router({
  /** Recomputes the tenant's whole journal and checks its seals. Slow for a long one. */
  verify: adminProcedure
    .output(AuditVerdict)
    .query(({ ctx }) => verifyJournal(ctx.tenant.audit, ctx.platform.sealKeys)),

  /** What happened, to look something up. */
  list: adminProcedure
    .input(AuditQuery)
    .output(AuditPage)
    .query(({ ctx, input }) => ctx.tenant.audit.list(input)),

  /** A page of the auditor's file: rows and seals as they were hashed, to be checked without us. */
  export: adminProcedure
    .input(ExportQuery)
    .output(ExportPage)
    .query(({ ctx, input }) => exportPage(ctx.tenant.audit, input.after)),
});

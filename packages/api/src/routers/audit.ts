import { AuditPage, AuditQuery, AuditVerdict, ExportPage, ExportQuery } from "@tessera/contracts";
import { exportPage, verifyJournal } from "@tessera/domain/journal/audit-log";
import { orKeyProcedure } from "../gate.ts";
import { router } from "../trpc.ts";

const auditorProcedure = orKeyProcedure("admins", "audit:read");

export const audit = router({
  /** Recomputes the tenant's whole journal and checks its seals. Slow for a long one. */
  verify: auditorProcedure
    .output(AuditVerdict)
    .query(({ ctx }) => verifyJournal(ctx.tenant.audit, ctx.platform.sealKeys)),

  /** What happened, to look something up. */
  list: auditorProcedure
    .input(AuditQuery)
    .output(AuditPage)
    .query(({ ctx, input }) => ctx.tenant.audit.list(input)),

  /** A page of the auditor's file: rows and seals as they were hashed, to be checked without us. */
  export: auditorProcedure
    .input(ExportQuery)
    .output(ExportPage)
    .query(({ ctx, input }) => exportPage(ctx.tenant.audit, input.after)),
});

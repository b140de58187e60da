import { z } from "zod";
import { OfflinePolicy } from "./offline.ts";
import { CodeKind } from "./qr.ts";

/** What a tenant chooses for itself. */
export interface TenantSettings {
  /** The kind of code its members get. */
  codeKind: CodeKind;
  offlinePolicy: OfflinePolicy;
}
export const TenantSettings: z.ZodType<TenantSettings> = z.strictObject({
  codeKind: CodeKind,
  offlinePolicy: OfflinePolicy,
});

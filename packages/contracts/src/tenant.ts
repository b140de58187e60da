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

/** Those, and what is chosen apart from them. */
export interface ShownTenantSettings extends TenantSettings {
  /** While on, staff without a second factor have only the rights of a member. */
  staffNeedSecondFactor: boolean;
  /** Whether members take things and bring them back by their labels, without a desk. */
  selfService: boolean;
}
export const ShownTenantSettings: z.ZodType<ShownTenantSettings> = z.object({
  codeKind: CodeKind,
  offlinePolicy: OfflinePolicy,
  staffNeedSecondFactor: z.boolean(),
  selfService: z.boolean(),
});

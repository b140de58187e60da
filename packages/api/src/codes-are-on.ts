import type { TenantScope } from "@tessera/domain/tenant-scope";
import type { Inside } from "./context.ts";

/** @returns Whether codes of this kind may be used in the caller's tenant at all. */
export const codesAreOn = ({ platform, scope }: Inside & { scope: TenantScope }): boolean =>
  platform.flags.decide("qr-checkout-enabled", scope).value;

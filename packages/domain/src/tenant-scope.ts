import type { TenantId } from "@tessera/contracts";

declare const minted: unique symbol;

/**
 * The right to act inside one tenant. Only the gate (`api/gate.ts`) mints it, from a caller it has recognised; below
 * the gate nothing accepts a bare tenant id.
 */
export type TenantScope = TenantId & { readonly [minted]: true };

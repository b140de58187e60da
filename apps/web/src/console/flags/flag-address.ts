import { type FlagKey, flagKeys } from "@tessera/contracts";

/** The parts of a flag's page, in their order. Each has its own address. */
export const flagParts = ["targeting", "ramp", "breaker", "history", "explain"] as const;
export type FlagPart = (typeof flagParts)[number];

export const flagAddress = (key: FlagKey, part: FlagPart = "targeting"): string =>
  `/console/flags/${encodeURIComponent(key)}${part === "targeting" ? "" : `/${part}`}`;

/** @returns Which part an address shows. */
export const partAt = (pathname: string): FlagPart =>
  flagParts.find((part) => pathname.replace(/\/$/, "").endsWith(`/${part}`)) ?? "targeting";

/** @returns null for an address that names no flag of this release. */
export const flagAt = (named: string | undefined): FlagKey | null => flagKeys.find((key) => key === named) ?? null;

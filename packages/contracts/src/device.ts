import { z } from "zod";
import { DeviceId, Instant } from "./ids.ts";
import { StorableText } from "./text.ts";

/** A kiosk introduces itself with the short code a member of staff got for it. */
export interface PairDevice {
  /** 8 characters, upper case; spaces and dashes do not matter. */
  pairingCode: string;
}
export const PairDevice: z.ZodType<PairDevice> = z.strictObject({
  pairingCode: z
    .string()
    .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
    .pipe(z.string().regex(/^[0-9A-Z]{8}$/)),
});

/** The kiosk's own identity. The token is told once; what is kept is its hash. */
export interface PairedDevice {
  kind: "paired";
  deviceId: DeviceId;
  token: string;
  name: string;
  tenant: string;
}
export type PairOutcome = PairedDevice | { kind: "refused"; because: "unknown_pairing_code" };
export const PairOutcome: z.ZodType<PairOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("paired"), deviceId: DeviceId, token: z.string(), name: z.string(), tenant: z.string() }),
  z.object({ kind: z.literal("refused"), because: z.literal("unknown_pairing_code") }),
]);

/** Staff ask for a pairing code for a new desk. */
export interface InviteDevice {
  /** The desk's name as people say it, 1 to 60 characters: "Front desk". */
  name: string;
}
export const InviteDevice: z.ZodType<InviteDevice> = z.strictObject({ name: StorableText.trim().min(1).max(60) });

export interface DeviceInvitation {
  pairingCode: string;
  expiresAt: Instant;
}
export const DeviceInvitation: z.ZodType<DeviceInvitation> = z.object({ pairingCode: z.string(), expiresAt: Instant });

/** A desk anyone may try in the demo, with the pairing code that opens it. Empty outside the demo. */
export interface DemoDesk {
  pairingCode: string;
  name: string;
  tenant: string;
}
export const DemoDesk: z.ZodType<DemoDesk> = z.object({
  pairingCode: z.string(),
  name: z.string(),
  tenant: z.string(),
});

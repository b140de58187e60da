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

/** What a desk may do, beside looking: redeem codes, take redemptions back, hold codes ready for times without a network. */
export const deskScopes = ["redeem", "undo", "offline"] as const;
export type DeskScope = (typeof deskScopes)[number];
const DeskScopes: z.ZodType<DeskScope[], DeskScope[]> = z.array(z.enum(deskScopes)).max(deskScopes.length);
const DeskName = StorableText.trim().min(1).max(60);

/** Twenty consonants (RFC 8628, 6.1): no vowel makes a word by chance, and no letter looks like a digit. */
export const USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ";
const UserCode: z.ZodType<string, string> = z
  .string()
  .max(40)
  .transform((text) => text.replace(/[\s-]/g, "").toUpperCase())
  .pipe(z.string().regex(new RegExp(`^[${USER_CODE_LETTERS}]{8}$`)));

/** A new kiosk asks to become a desk. */
export interface StartPairing {
  /** As its browser calls itself: told to staff in plain words, so that they can compare. */
  userAgent: string;
}
export const StartPairing: z.ZodType<StartPairing> = z.strictObject({ userAgent: z.string().max(500) });

/** What a kiosk shows, and the secret it asks with. */
export interface StartedPairing {
  /** Secret: only for the kiosk that asked. */
  deviceCode: string;
  /** 8 letters, shown as XXXX-XXXX. */
  userCode: string;
  /** The page for staff; the code goes behind a `#`, which no server is sent. */
  verificationPath: string;
  expiresAt: Instant;
  /** Ask no more often than this. */
  intervalSeconds: number;
}
export const StartedPairing: z.ZodType<StartedPairing> = z.object({
  deviceCode: z.string(),
  userCode: z.string(),
  verificationPath: z.string(),
  expiresAt: Instant,
  intervalSeconds: z.int(),
});

export interface PollPairing {
  deviceCode: string;
}
export const PollPairing: z.ZodType<PollPairing> = z.strictObject({ deviceCode: z.string().min(20).max(100) });

/** How it stands. `slow_down`: asked too soon; from now on wait so long. `paired` is told once, whoever asks again hears `expired`. */
export type PollOutcome =
  | PairedDevice
  | { kind: "pending" | "slow_down"; intervalSeconds: number }
  | { kind: "denied" | "expired" };
export const PollOutcome: z.ZodType<PollOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("paired"), deviceId: DeviceId, token: z.string(), name: z.string(), tenant: z.string() }),
  z.object({ kind: z.enum(["pending", "slow_down"]), intervalSeconds: z.int() }),
  z.object({ kind: z.enum(["denied", "expired"]) }),
]);

/** Staff have typed the code on a kiosk's screen, or opened its QR. */
export interface AboutPairing {
  userCode: string;
}
export const AboutPairing: z.ZodType<AboutPairing> = z.strictObject({ userCode: UserCode });

/** Nobody waits under this code: it is unknown, settled or too old. */
export interface UnknownUserCode {
  kind: "refused";
  because: "unknown_user_code";
}
const UnknownUserCode = z.object({ kind: z.literal("refused"), because: z.literal("unknown_user_code") });

/** What asks to become a desk. */
export type PairingRequest =
  | {
      kind: "waiting";
      /** In plain words: "Chrome on Android". */
      browser: string;
      askedAt: Instant;
      expiresAt: Instant;
    }
  | UnknownUserCode;
export const PairingRequest: z.ZodType<PairingRequest> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("waiting"), browser: z.string(), askedAt: Instant, expiresAt: Instant }),
  UnknownUserCode,
]);

/** The kiosk becomes this desk. */
export interface ApprovePairing extends AboutPairing {
  name: string;
  scopes: DeskScope[];
}
export const ApprovePairing: z.ZodType<ApprovePairing> = z.strictObject({
  userCode: UserCode,
  name: DeskName,
  scopes: DeskScopes,
});

export type SettledPairing = { kind: "approved" | "denied" } | UnknownUserCode;
export const SettledPairing: z.ZodType<SettledPairing> = z.discriminatedUnion("kind", [
  z.object({ kind: z.enum(["approved", "denied"]) }),
  UnknownUserCode,
]);

/**
 * How a desk stands. `locked`: known, and redeems nothing until it is unlocked. `wiping`: forgets everything at its next contact.
 * `wiped`: has done so, and its token is dead. `blocked`: a stranger.
 */
export const deskStates = ["working", "locked", "wiping", "wiped", "blocked"] as const;
export type DeskState = (typeof deskStates)[number];

/** What can be done to a desk. `keep` calls a wipe off that has not happened yet. */
export const deskActs = ["lock", "unlock", "block", "unblock", "wipe", "keep"] as const;
export type DeskAct = (typeof deskActs)[number];

/** A desk as staff see it. */
export interface Desk {
  deviceId: DeviceId;
  name: string;
  state: DeskState;
  /** Also one that is to be wiped may be blocked: then it forgets without handing anything in. */
  isBlocked: boolean;
  /** Why it stands so, as somebody said it. */
  because: string | null;
  scopes: DeskScope[];
  pairedAt: Instant;
  /** To the minute; null when it never came. */
  lastSeenAt: Instant | null;
  isQuarantined: boolean;
  /** What can be done to it as it stands. */
  acts: DeskAct[];
}
export const Desk: z.ZodType<Desk> = z.object({
  deviceId: DeviceId,
  name: z.string(),
  state: z.enum(deskStates),
  isBlocked: z.boolean(),
  because: z.string().nullable(),
  scopes: z.array(z.enum(deskScopes)),
  pairedAt: Instant,
  lastSeenAt: Instant.nullable(),
  isQuarantined: z.boolean(),
  acts: z.array(z.enum(deskActs)),
});

export interface ActOnDesk {
  deviceId: DeviceId;
  act: DeskAct;
  /** For the journal, and for whoever stands before the desk. */
  because: string;
}
export const ActOnDesk: z.ZodType<ActOnDesk, ActOnDeskInput> = z.strictObject({
  deviceId: DeviceId,
  act: z.enum(deskActs),
  because: StorableText.trim().min(1).max(500),
});
type ActOnDeskInput = Omit<ActOnDesk, "deviceId"> & { deviceId: string };

/** A desk gets another name, or may do something else. */
export interface ChangeDesk {
  deviceId: DeviceId;
  name: string;
  scopes: DeskScope[];
}
export const ChangeDesk: z.ZodType<ChangeDesk, Omit<ChangeDesk, "deviceId"> & { deviceId: string }> = z.strictObject({
  deviceId: DeviceId,
  name: DeskName,
  scopes: DeskScopes,
});

/** Done; or left alone: there is no such desk, or it stands in a way in which this cannot be done. */
export type DeskOutcome = { kind: "done"; desk: Desk } | { kind: "left_alone"; because: "not_found" | "not_possible" };
export const DeskOutcome: z.ZodType<DeskOutcome> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("done"), desk: Desk }),
  z.object({ kind: z.literal("left_alone"), because: z.enum(["not_found", "not_possible"]) }),
]);

/** A kiosk asks how it stands, also when it is a stranger everywhere else: its token is what it knows. */
export interface OwnToken {
  token: string;
}
export const OwnToken: z.ZodType<OwnToken> = z.strictObject({ token: z.string().regex(/^tsd_\w{20,80}$/) });

/** `unknown`: no desk has this token. A desk that is blocked is not told why. */
export interface DeskStanding {
  state: DeskState | "unknown";
  isBlocked: boolean;
  because: string | null;
  scopes: DeskScope[];
}
export const DeskStanding: z.ZodType<DeskStanding> = z.object({
  state: z.enum([...deskStates, "unknown"]),
  isBlocked: z.boolean(),
  because: z.string().nullable(),
  scopes: z.array(z.enum(deskScopes)),
});

import { encodeBase32 } from "./qr/base32.ts";

/** Whose token it is: of a device, a program's key, a guest. */
export type TokenKind = "tsd" | "tsk" | "tsg";

const BYTES = 32;
const SHOWN = 10;

/**
 * @param kind Whose.
 * @param random Gives bytes from a cryptographic source.
 * @returns An opaque token: 256 random bits behind three letters that say whose it is. Only its SHA-256 is ever kept.
 */
export const newToken = (kind: TokenKind, random: (length: number) => Uint8Array): string =>
  `${kind}_${encodeBase32(random(BYTES))}`;

/** @returns The letters of a token that may be shown and kept, to tell one from another. */
export const prefixOf = (token: string): string => token.slice(0, SHOWN);

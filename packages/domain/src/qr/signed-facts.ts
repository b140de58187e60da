import { fourBytes, joinBytes } from "./bytes.ts";
import { markOf } from "./code-text.ts";

/** Where a code may be shown. */
export type Audience = "kiosk" | "portal" | "sdk";

const audienceBits = { kiosk: 1, portal: 2, sdk: 4 } as const satisfies Record<Audience, number>;
const audiences = Object.keys(audienceBits) as Audience[];

/** What a signed code says of itself, for whoever must judge it alone. On the server the database's row decides. */
export interface SignedFacts {
  /** Of the key it is signed with, 0 to 255. */
  keyId: number;
  /** The number of the tenant that issued it, a uint32. */
  tenantNumber: number;
  /** Whole seconds, as is `expiresAt`; from 2024 to 2160. */
  notBefore: Date;
  expiresAt: Date;
  audience: readonly Audience[];
  /** 1 to 255. */
  maxUses: number;
}

/** How many random bytes name a signed code: its secret part. */
export const SIGNED_SECRET_BYTES = 12;

/** The part of a signed code that is signed. */
export const PAYLOAD_BYTES = 28;

/** Four bytes of seconds would end in 2106 if they began in 1970. */
const EPOCH_SECONDS = Date.UTC(2024, 0, 1) / 1_000;

/**
 * @param kind Goes into the first byte, so the signature covers it.
 * @param facts What the code says. Moments are cut to whole seconds.
 * @param secretPart 12 random bytes.
 * @returns The 28 bytes to be signed: mark, key id, tenant number, secret part, window, audience, uses (big endian).
 * @throws RangeError For a fact that does not fit, no audience, or a window that never opens.
 */
export function encodeFacts(
  kind: "signed" | "rotating",
  facts: SignedFacts,
  secretPart: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const { keyId, tenantNumber, notBefore, expiresAt, audience, maxUses } = facts;
  if (secretPart.length !== SIGNED_SECRET_BYTES) {
    throw new RangeError(`a signed code takes ${SIGNED_SECRET_BYTES} random bytes`);
  }
  if (audience.length === 0) throw new RangeError("a code that may be shown nowhere");
  if (maxUses < 1) throw new RangeError("a code without a use");
  const [opens, ends] = [secondsOf(notBefore), secondsOf(expiresAt)];
  if (opens >= ends) throw new RangeError("a code that ends before it opens");

  const bits = audience.reduce((sum, place) => sum | audienceBits[place], 0);
  return joinBytes(
    Uint8Array.of(markOf(kind), oneByte(keyId)),
    fourBytes(tenantNumber),
    secretPart,
    fourBytes(opens),
    fourBytes(ends),
    Uint8Array.of(bits, oneByte(maxUses)),
  );
}

/**
 * @param payload What `encodeFacts` wrote: 28 bytes.
 * @returns What they say, true only once their signature was verified.
 */
export function decodeFacts(payload: Uint8Array<ArrayBuffer>): {
  facts: SignedFacts;
  secretPart: Uint8Array<ArrayBuffer>;
} {
  const view = new DataView(payload.buffer, payload.byteOffset, PAYLOAD_BYTES);
  const bits = view.getUint8(26);
  return {
    secretPart: payload.slice(6, 18),
    facts: {
      keyId: view.getUint8(1),
      tenantNumber: view.getUint32(2),
      notBefore: momentOf(view.getUint32(18)),
      expiresAt: momentOf(view.getUint32(22)),
      audience: audiences.filter((place) => (bits & audienceBits[place]) !== 0),
      maxUses: view.getUint8(27),
    },
  };
}

const secondsOf = (moment: Date): number => Math.floor(moment.getTime() / 1_000) - EPOCH_SECONDS;
const momentOf = (seconds: number): Date => new Date((EPOCH_SECONDS + seconds) * 1_000);

function oneByte(number: number): number {
  if (!Number.isInteger(number) || number < 0 || number > 255) throw new RangeError(`${number} does not fit in a byte`);
  return number;
}

import type { Database } from "@tessera/db";
import { formatEnvelope, symmetricDecrypt, symmetricEncrypt } from "better-auth/crypto";

/** As the sign-in library keeps its secrets. */
type SecretConfig = Exclude<Parameters<typeof symmetricEncrypt>[0]["key"], string>;

/**
 * Encrypts the seeds of second factors and their backup codes with the current secret, those that were encrypted with one from before:
 * once that ends nobody could read them, and whoever has a second factor could not sign in.
 *
 * @param database Where.
 * @param key The secrets that can be read with, and the one to write with.
 * @returns How many were renewed. One that none of the secrets opens stays as it is.
 */
export async function renewSecondFactors({ people }: Pick<Database, "people">, key: SecretConfig): Promise<number> {
  const startsWith = formatEnvelope(key.currentVersion, "");
  const isCurrent = (text: string) => text.startsWith(startsWith);
  const anew = async (data: string) =>
    isCurrent(data) ? data : symmetricEncrypt({ key, data: await symmetricDecrypt({ key, data }) });
  const older = { OR: [{ NOT: { secret: { startsWith } } }, { NOT: { backupCodes: { startsWith } } }] };
  let renewed = 0;
  for (const { id, secret, backupCodes } of await people.twoFactor.findMany({ where: older })) {
    const read = await Promise.all([anew(secret), anew(backupCodes)]).catch(() => null);
    if (!read) continue;
    // Only while it is as it was read: a backup code may be used up meanwhile.
    const where = { id, secret, backupCodes };
    const { count } = await people.twoFactor.updateMany({ where, data: { secret: read[0], backupCodes: read[1] } });
    renewed += count;
  }
  return renewed;
}

import { createHash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

/**
 * Digests have one length, so that neither it nor the place of the first wrong letter can be measured.
 *
 * @param headers Of the request.
 * @param token Of the deployment.
 * @returns Whether the request says `Authorization: Bearer` and this token.
 */
export function hasToken(headers: IncomingHttpHeaders, token: string): boolean {
  const [given, wanted] = [headers.authorization ?? "", `Bearer ${token}`].map((text) =>
    createHash("sha256").update(text).digest(),
  );
  return Boolean(given && wanted && timingSafeEqual(given, wanted));
}

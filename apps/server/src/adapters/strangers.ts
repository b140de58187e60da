import type { IncomingHttpHeaders } from "node:http";
import { type Platform, suspectOf } from "@tessera/api";
import { bearerIn } from "./callers.ts";

/**
 * Notes that a stranger sent a token: one that was made up, or whose rights have ended. The same one again says nothing new: a
 * kiosk that was blocked goes on asking with its own.
 *
 * @param platform Where it is noted.
 * @param headers Of the request, or of the socket's upgrade.
 * @param address Where it came from.
 * @param said A token that was said elsewhere than in headers.
 */
export function noteStranger(
  { security, hashOf }: Pick<Platform, "security" | "hashOf">,
  headers: IncomingHttpHeaders,
  address: string,
  said?: string | null,
): void {
  const token = said ?? bearerIn(headers);
  if (!token) return;
  const same = Buffer.from(hashOf(token).subarray(0, 12)).toString("base64url");
  security.note({ ...suspectOf(null, address), kind: "made_up_tokens", what: "token", same });
}

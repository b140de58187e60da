export type SignInProblem =
  | "wrong"
  | "wrong_password"
  | "wrong_code"
  | "too_late"
  | "too_long_ago"
  | "unverified"
  | "unknown_link"
  | "stopped"
  | "too_many"
  | "unreachable"
  | "broken";

/** What the server calls it, where it says more than its status. */
const OF_CODE: Record<string, SignInProblem> = {
  EMAIL_NOT_VERIFIED: "unverified",
  INVALID_PASSWORD: "wrong_password",
  INVALID_CODE: "wrong_code",
  INVALID_BACKUP_CODE: "wrong_code",
  INVALID_TWO_FACTOR_COOKIE: "too_late",
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: "too_late",
  INVALID_TOKEN: "unknown_link",
  SESSION_NOT_FRESH: "too_long_ago",
  AUTH_CANCELLED: "stopped",
  REGISTRATION_CANCELLED: "stopped",
  ERROR_CEREMONY_ABORTED: "stopped",
};

/** What a refusal of the sign-in means for the person. */
export function problemOf(status: number | undefined, code?: string): SignInProblem {
  const said = code ? OF_CODE[code] : undefined;
  if (said) return said;
  if (status === 400 || status === 401 || status === 403 || status === 422) return "wrong";
  if (status === 429) return "too_many";
  if (!status || status >= 502) return "unreachable";
  return "broken";
}

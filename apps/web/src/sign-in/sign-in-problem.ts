export type SignInProblem = "wrong" | "too_many" | "unreachable" | "broken";

/** What the status of a refused sign-in means for the person. */
export function problemOf(status: number | undefined): SignInProblem {
  if (status === 400 || status === 401 || status === 403 || status === 422) return "wrong";
  if (status === 429) return "too_many";
  if (!status || status >= 502) return "unreachable";
  return "broken";
}

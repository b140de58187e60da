import { type Failure, failures } from "@tessera/contracts";

interface Answer {
  code?: string;
  failure?: Failure | null | undefined;
}

/** As much of a failed call as the words need; the SDK's errors have it. Without an answer nobody was reached. */
export interface FailedCall {
  data?: Answer | null | undefined;
}

export const answerIn = (error: FailedCall | Error): Answer | null =>
  "data" in error ? ((error.data ?? null) as Answer | null) : null;

/** Whether asking again can help: not when the server understood and said no. */
export function mayHeal(error: FailedCall | Error): boolean {
  const answer = answerIn(error);
  return !answer || !!answer.failure;
}

const words: Record<string, string> = {
  UNAUTHORIZED: "You are signed out. Load the page again to sign in.",
  FORBIDDEN: "Your role does not allow this. Ask the staff.",
  NOT_FOUND: "This is not here any more.",
  TOO_MANY_REQUESTS: "That was a lot at once. Wait a moment and try again.",
};

/** What went wrong with a call, in one sentence for the person who waits for it. */
export function failureWords(error: FailedCall | Error): string {
  const { failure, code } = answerIn(error) ?? {};
  if (failure) return failures[failure].say;
  if (!code) return "The server cannot be reached. Check your connection and try again.";
  return words[code] ?? "Something went wrong on our side. Try again.";
}

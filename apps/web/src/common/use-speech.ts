import type { Speech } from "@tessera/contracts";
import { useNow } from "@tessera/ui";
import { useMemo } from "react";

export const locale = (): string => navigator.language;

/** The reader's language and now. Words like "today" and "overdue" follow the clock every half minute. */
export function useSpeech(): Speech {
  const now = useNow(30_000);
  return useMemo(() => ({ locale: locale(), now }), [now]);
}

import type { Speech } from "@tessera/contracts";
import { useNow } from "@tessera/ui";
import { useMemo } from "react";

export const locale = (): string => navigator.language;

/** The reader's language and now. */
export function useSpeech(): Speech {
  const now = useNow(15_000);
  return useMemo(() => ({ locale: locale(), now }), [now]);
}

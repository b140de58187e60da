import { useConnection } from "@tessera/sdk/react";
import { LiveBadge } from "@tessera/ui";
import { locale } from "./use-speech.ts";

/** How fresh this page is. */
export function Connection() {
  return <LiveBadge {...useConnection()} locale={locale()} />;
}

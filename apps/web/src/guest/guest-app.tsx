import { GuestPage } from "./guest-page.tsx";
import { Notice } from "./notice.tsx";
import { useGuest } from "./use-guest.ts";

/** Behind a label's code: the place, or in one sentence why not. */
export function GuestApp({ label }: { label: string }) {
  const { state, begin, check, leave } = useGuest(label);
  if (state.kind === "here") return <GuestPage guest={state.guest} onStranger={check} onLeave={leave} />;
  return <Notice state={state} onBegin={begin} onRetry={check} />;
}

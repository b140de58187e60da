import type { Purpose } from "@tessera/contracts";
import { useNow } from "@tessera/ui";
import { useEffect } from "react";
import { useParams } from "react-router";
import { MissingPage } from "../../app/missing-page.tsx";
import { Page } from "../../app/page.tsx";
import { ErrorNote } from "../../common/error-note.tsx";
import { Skeleton } from "../../common/skeleton.tsx";
import { useResource } from "../../live/resources.ts";
import { dropCodes } from "./kept-codes.ts";
import { RefusedCode } from "./refused-code.tsx";
import { SettledCode } from "./settled-code.tsx";
import { ShownCode } from "./shown-code.tsx";
import { useCode, useRenewal } from "./use-code.ts";
import { useObstacle } from "./use-obstacle.ts";
import { useSettlement } from "./use-settlement.ts";
import { words } from "./words.ts";

/** A code to hold up to a desk. */
export function CodeScreen() {
  const { purpose, resourceId = "" } = useParams();
  if (purpose !== "check_out" && purpose !== "check_in") return <MissingPage />;
  return <CodeFor key={`${purpose} ${resourceId}`} purpose={purpose} resourceId={resourceId} />;
}

/** First what a desk did, then why no code would work, then the code. */
function CodeFor(wish: { purpose: Purpose; resourceId: string }) {
  const { purpose, resourceId } = wish;
  const now = useNow().getTime();
  const code = useCode(wish);
  const settlement = useSettlement(code.data, wish);
  const time = useRenewal(code, now, settlement !== null);
  const thing = useResource(resourceId);
  useEffect(() => {
    if (settlement && code.data) dropCodes(localStorage, code.data.shownIds);
  }, [settlement, code.data]);
  const outcome = code.data?.outcome;
  const ask = () => void code.refetch();
  const obstacle = useObstacle({ purpose, thing: thing.data, isSettled: settlement !== null, onOpen: ask });
  const refusal = obstacle ?? (outcome?.kind === "refused" ? outcome.refusal : null);

  if (thing.isMissing) return <MissingPage />;
  return (
    <Page
      title={thing.data?.name ?? ""}
      kicker={words.title[purpose]}
      back={{ to: `/things/${resourceId}`, label: words.back }}
      width="pair"
    >
      <div role="status" className="mx-auto max-w-xl">
        {settlement && <SettledCode settlement={settlement} />}
        {!settlement && refusal && <RefusedCode refusal={refusal} onRetry={ask} isAsking={code.isFetching} />}
      </div>
      {!settlement && !refusal && outcome?.kind === "issued" && time && (
        <ShownCode code={outcome} time={time} isRenewing={code.isFetching} />
      )}
      {!outcome && !refusal && code.isError && <ErrorNote error={code.error} onRetry={ask} />}
      {!outcome && !refusal && code.isPending && (
        <Skeleton className="aspect-[4/5] w-full max-w-md" label={words.loading} />
      )}
    </Page>
  );
}

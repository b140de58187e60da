import { trpc } from "@tessera/sdk/react";
import { lazy, Suspense, useEffect } from "react";
import { Outlet, ScrollRestoration } from "react-router";
import { ErrorNote } from "../common/error-note.tsx";
import { answerIn } from "../common/failure-words.ts";
import { LiveNews } from "../live/live-news.tsx";
import { forgetCodes } from "../member/code/kept-codes.ts";
import { chooseTenant } from "./chosen-tenant.ts";
import { PersonContext } from "./person.ts";
import { Splash } from "./splash.tsx";
import { useUpdate } from "./use-update.ts";

const SignIn = lazy(async () => ({ default: (await import("../sign-in/sign-in.tsx")).SignIn }));

const Homeless = lazy(async () => ({ default: (await import("./homeless.tsx")).Homeless }));

/** Held in this browser beforehand, like every file of the app. */
const KeptScreen = lazy(async () => ({ default: (await import("../member/code/kept-screen.tsx")).KeptScreen }));

/** Nobody was reached: it may be so for long, or a moment. */
const ASK_AGAIN_MS = 5_000;

/** Behind this, somebody is signed in. The address stays, so a deep link survives the sign-in. */
export function SignedIn() {
  const me = trpc.account.me.useQuery(undefined, {
    staleTime: 60_000,
    refetchInterval: ({ state }) => state.status === "error" && !answerIn(state.error ?? {}) && ASK_AGAIN_MS,
  });
  useUpdate();
  const isAlone = !me.data && (me.fetchStatus === "paused" || (!!me.failureReason && !answerIn(me.failureReason)));

  if (isAlone) {
    return (
      <Suspense fallback={<Splash />}>
        <KeptScreen onRetry={() => void me.refetch()} />
      </Suspense>
    );
  }
  if (me.isPending) return <Splash />;
  if (me.isError) {
    return (
      <main className="grid min-h-svh place-items-center p-4">
        <ErrorNote error={me.error} onRetry={() => void me.refetch()} />
      </main>
    );
  }
  if (me.data?.kind !== "member") return <NotAMember />;

  return (
    <PersonContext value={me.data}>
      <LiveNews>
        <Outlet />
      </LiveNews>
      <ScrollRestoration />
    </PersonContext>
  );
}

/** Nobody is signed in; or somebody is, and belongs to another tenant than the chosen one, or to none. */
function NotAMember() {
  const person = trpc.account.person.useQuery();
  const isElsewhere = !!person.data && person.data.homes.length > 0;

  useEffect(() => forgetCodes(localStorage), []);

  useEffect(() => {
    if (!isElsewhere) return;
    chooseTenant(null); // they have left it, or it is that of somebody who was here before
    window.location.reload();
  }, [isElsewhere]);

  if (person.isPending || isElsewhere) return <Splash />;
  return <Suspense fallback={<Splash />}>{person.data ? <Homeless email={person.data.email} /> : <SignIn />}</Suspense>;
}

import { trpc } from "@tessera/sdk/react";
import { lazy, Suspense } from "react";
import { Outlet, ScrollRestoration } from "react-router";
import { ErrorNote } from "../common/error-note.tsx";
import { LiveNews } from "../live/live-news.tsx";
import { PersonContext } from "./person.ts";
import { Splash } from "./splash.tsx";

const SignIn = lazy(async () => ({ default: (await import("../sign-in/sign-in.tsx")).SignIn }));

/** Behind this, somebody is signed in. The address stays, so a deep link survives the sign-in. */
export function SignedIn() {
  const me = trpc.account.me.useQuery(undefined, { staleTime: 60_000 });

  if (me.isPending) return <Splash />;
  if (me.isError) {
    return (
      <main className="grid min-h-svh place-items-center p-4">
        <ErrorNote error={me.error} onRetry={() => void me.refetch()} />
      </main>
    );
  }
  if (me.data?.kind !== "member") {
    return (
      <Suspense fallback={<Splash />}>
        <SignIn />
      </Suspense>
    );
  }

  return (
    <PersonContext value={me.data}>
      <LiveNews>
        <Outlet />
      </LiveNews>
      <ScrollRestoration />
    </PersonContext>
  );
}

import { createBrowserRouter } from "react-router";
import { MissingPage } from "./missing-page.tsx";
import { ProblemPage } from "./problem-page.tsx";
import { SignedIn } from "./signed-in.tsx";
import { Splash } from "./splash.tsx";

type MemberScreen = keyof typeof import("../member/door.ts");
type ScanScreen = keyof typeof import("../member/scan/door.ts");
type SignInScreen = keyof typeof import("../sign-in/door.ts");
type ConsoleScreen = keyof typeof import("../console/door.ts");

/** Each door is one file to load, fetched when somebody first walks through it. */
const member = (screen: MemberScreen) => async () => ({ Component: (await import("../member/door.ts"))[screen] });
/** With the scanner, which nobody loads who only looks around. */
const scan = (screen: ScanScreen) => async () => ({
  Component: (await import("../member/scan/door.ts"))[screen],
});
const signIn = (screen: SignInScreen) => async () => ({ Component: (await import("../sign-in/door.ts"))[screen] });
const console = (screen: ConsoleScreen) => async () => ({ Component: (await import("../console/door.ts"))[screen] });

export const routes = createBrowserRouter([
  {
    ErrorBoundary: ProblemPage,
    HydrateFallback: Splash,
    children: [
      { path: "join", lazy: signIn("Join") },
      { path: "forgotten", lazy: signIn("Forgotten") },
      { path: "reset", lazy: signIn("Reset") },
      { path: "confirm", lazy: signIn("Confirm") },
    ],
  },
  {
    Component: SignedIn,
    ErrorBoundary: ProblemPage,
    HydrateFallback: Splash,
    children: [
      {
        lazy: member("MemberFrame"),
        children: [
          {
            ErrorBoundary: ProblemPage,
            children: [
              { index: true, lazy: member("Home") },
              { path: "find", lazy: member("Find") },
              { path: "things/:resourceId", lazy: member("Thing") },
              { path: "code/:purpose/:resourceId", lazy: member("CodeScreen") },
              { path: "scan", lazy: scan("ScanScreen") },
              { path: "l/:key", lazy: scan("LabelPage") },
              { path: "loans", lazy: member("Loans") },
              { path: "me", lazy: member("Myself") },
              { path: "account", lazy: member("AccountPage") },
              { path: "*", Component: MissingPage },
            ],
          },
        ],
      },
      {
        path: "console",
        lazy: console("ConsoleFrame"),
        children: [
          {
            ErrorBoundary: ProblemPage,
            children: [
              { index: true, lazy: console("ConsoleStart") },
              { path: "things", lazy: console("Things") },
              { path: "loans", lazy: console("OpenLoans") },
              { path: "loan-rules", lazy: console("LoanRulesPage") },
              { path: "labels", lazy: console("Labels") },
              { path: "people", lazy: console("People") },
              { path: "desks", lazy: console("Desks") },
              { path: "desks/pair", lazy: console("PairDesk") },
              { path: "security", lazy: console("Security") },
              { path: "conflicts", lazy: console("Conflicts") },
              { path: "queue", lazy: console("Queue") },
              { path: "places", lazy: console("Places") },
              { path: "keys", lazy: console("ApiKeys") },
              { path: "code-keys", lazy: console("CodeKeys") },
              { path: "flags", lazy: console("Flags") },
              {
                path: "flags/:flagKey",
                lazy: console("FlagPage"),
                children: [
                  { index: true, lazy: console("Targeting") },
                  { path: "ramp", lazy: console("RampPart") },
                  { path: "breaker", lazy: console("BreakerPart") },
                  { path: "history", lazy: console("History") },
                  { path: "explain", lazy: console("Explain") },
                ],
              },
              { path: "*", Component: MissingPage },
            ],
          },
        ],
      },
    ],
  },
]);

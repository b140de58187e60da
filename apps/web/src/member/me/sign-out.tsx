import { Button } from "@tessera/ui";
import { LogOut } from "lucide-react";
import { useEffect, useState } from "react";
import { forgetCodes } from "../code/kept-codes.ts";

const words = {
  signOut: "Sign out",
  signingOut: "Signing out…",
  stillIn: "You are still signed in: the server cannot be reached. Try again.",
};

const loadAuth = () => import("../../sign-in/auth.ts");

/** The page is loaded anew afterwards, so that nothing of this person stays in memory. */
export function SignOut() {
  const [state, setState] = useState<"in" | "leaving" | "still_in">("in");

  // Fetched ahead: signing out must be able to say what went wrong when the server is gone.
  useEffect(() => void loadAuth().catch(() => null), []);

  const leave = async () => {
    setState("leaving");
    const isOut = await loadAuth()
      .then(({ signOut }) => signOut())
      .catch(() => false);
    if (!isOut) return setState("still_in");
    forgetCodes(localStorage);
    window.location.assign("/");
  };

  const isLeaving = state === "leaving";
  return (
    <div className="grid justify-items-start gap-3">
      <Button busy={isLeaving} onClick={() => void leave()}>
        <LogOut aria-hidden strokeWidth={1.75} className="size-5" />
        {isLeaving ? words.signingOut : words.signOut}
      </Button>
      <p role="alert" className="text-sm font-medium text-no empty:hidden">
        {state === "still_in" && words.stillIn}
      </p>
    </div>
  );
}

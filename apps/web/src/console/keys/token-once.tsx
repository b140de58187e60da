import { Button } from "@tessera/ui";
import { useState } from "react";
import { words } from "./words.ts";

/** Escape does not close what holds a token: nobody sees it again. */
export const STAY = () => {};

/** A token, the only time it can be seen. */
export function TokenOnce({ token, onDone }: { token: string; onDone: () => void }) {
  const [isCopied, setIsCopied] = useState(false);
  const copy = () => void navigator.clipboard?.writeText(token).then(() => setIsCopied(true));

  return (
    <div className="grid grid-cols-1 gap-5">
      <p>{words.once}</p>
      <p data-token className="rounded-control bg-sunken p-4 font-mono text-sm select-all [overflow-wrap:anywhere]">
        {token}
      </p>
      <div className="flex flex-wrap justify-end gap-3">
        <Button onClick={copy}>
          <span role="status">{isCopied ? words.copied : words.copy}</span>
        </Button>
        <Button look="primary" onClick={onDone}>
          {words.done}
        </Button>
      </div>
    </div>
  );
}

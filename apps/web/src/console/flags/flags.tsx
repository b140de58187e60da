import { flagKeys } from "@tessera/contracts";
import { Page } from "../../app/page.tsx";
import { FlagCard } from "./flag-card.tsx";
import { words } from "./words.ts";

/** Every switch of the product. */
export function Flags() {
  return (
    <Page title={words.title}>
      <ul className="grid grid-cols-1 gap-4">
        {flagKeys.map((key) => (
          <li key={key}>
            <FlagCard flagKey={key} />
          </li>
        ))}
      </ul>
    </Page>
  );
}

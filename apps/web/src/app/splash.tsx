import { Mark } from "@tessera/ui";

const words = { loading: "Loading Tessera" };

/** While the first words arrive: the mark, and nothing that would jump. */
export function Splash() {
  return (
    <div role="status" className="grid min-h-svh place-items-center">
      <span className="sr-only">{words.loading}</span>
      <span className="animate-breathe">
        <Mark size={44} />
      </span>
    </div>
  );
}
